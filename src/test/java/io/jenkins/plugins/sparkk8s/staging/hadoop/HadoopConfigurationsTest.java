package io.jenkins.plugins.sparkk8s.staging.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many applications in one process, whose defaults are parsed once. */
class HadoopConfigurationsTest {
    private final String user = System.getProperty("user.name");
    private final HadoopConfigurations configurations =
            new HadoopConfigurations(HadoopConfigurationsTest.class.getClassLoader());

    @AfterEach
    void restoreUser() {
        System.setProperty("user.name", user);
    }

    private Configuration of(boolean expandEnvironment, Map<String, String> properties) {
        return configurations.of(new HadoopSettings(properties, null, expandEnvironment), false);
    }

    @Test
    void noApplicationSeesTheKeysOfAnother() {
        Configuration first = of(false, Map.of("fs.s3a.secret.key", "a", "fs.s3a.retry.limit", "9"));
        first.set("fs.azure.account.key.x", "b");

        Configuration second = of(false, Map.of());

        assertThat(second.get("fs.s3a.secret.key")).isNull();
        assertThat(second.get("fs.azure.account.key.x")).isNull();
        assertThat(second.get("fs.s3a.retry.limit")).isEqualTo("2");
        assertThat(first.get("fs.s3a.retry.limit")).isEqualTo("9");
        assertThat(second.get("dfs.blocksize"))
                .isEqualTo(first.get("dfs.blocksize"))
                .isNotEmpty();
    }

    @Test
    void onlyWhereItIsAllowedAValueRefersToTheProcess() {
        Map<String, String> version = Map.of("fs.x", "${java.version}");

        assertThat(of(true, version).get("fs.x")).isEqualTo(System.getProperty("java.version"));
        assertThat(of(false, version).get("fs.x")).isEqualTo("${java.version}");
        assertThat(of(true, version).get("fs.x")).isEqualTo(System.getProperty("java.version"));
    }

    private String buffers(String userName) {
        System.setProperty("user.name", userName);
        return of(false, Map.of()).get("fs.s3a.buffer.dir");
    }

    /** The first would own the folder, and the other could not write there: agents on one machine, or the command. */
    @Test
    void keepsTheBuffersOfUsersApart() {
        assertThat(buffers("alice")).isNotEqualTo(buffers("bob"));
    }

    /** A container may have a user without a name. */
    @Test
    void makesAFileNameOfAnyUser() {
        assertThat(buffers("?"))
                .startsWith(System.getProperty("java.io.tmpdir"))
                .doesNotContain("?");
        assertThat(buffers("../x")).doesNotContain("../");
    }
}
