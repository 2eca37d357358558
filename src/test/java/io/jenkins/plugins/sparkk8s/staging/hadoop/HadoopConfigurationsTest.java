package io.jenkins.plugins.sparkk8s.staging.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Many applications in one process, whose defaults are parsed once. */
class HadoopConfigurationsTest {
    private final HadoopConfigurations configurations =
            new HadoopConfigurations(HadoopConfigurationsTest.class.getClassLoader());

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
}
