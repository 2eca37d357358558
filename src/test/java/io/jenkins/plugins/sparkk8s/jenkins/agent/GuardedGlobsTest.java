package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Hadoop itself finds for a pattern, on a view of a local folder, which has a scheme of its own. */
class GuardedGlobsTest {
    @TempDir
    Path home;

    private GuardedGlobs globs;

    @BeforeEach
    void files() throws IOException {
        Files.createFile(Files.createDirectories(home.resolve("share/lib")).resolve("a.jar"));
        Files.createFile(Files.createDirectories(home.resolve("share/lib/deep")).resolve("b.jar"));
        Files.createFile(Files.createDirectories(home.resolve("share/secret")).resolve("key"));
        HadoopGateway hadoop = new HadoopGateway(new HadoopSettings(
                Map.of("fs.viewfs.mounttable.c.link./share", "file://" + home.resolve("share")), null, false));
        globs = new GuardedGlobs(new UploadPolicy("viewfs://c/share/lib", List.of()), false, hadoop);
    }

    private List<String> found(String pattern) {
        return globs.expand(ResourceUri.of(pattern)).stream()
                .map(ResourceUri::location)
                .toList();
    }

    @Test
    void findsWhatIsBelowTheAllowedFolder() {
        assertThat(found("viewfs://c/share/lib/*.jar")).containsExactly("viewfs://c/share/lib/a.jar");
        assertThat(found("viewfs://c/share/lib/{deep,none}/*")).containsExactly("viewfs://c/share/lib/deep/b.jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "viewfs://c/share/lib/{../}secret/*",
                "viewfs://c/share/lib/deep/{../}{../}secret/*",
                "viewfs://c/share/lib/{..,x}/secret/*",
                "viewfs://c/share/lib/.\\./secret/*",
                "viewfs://c/share/lib/deep/.\\./.\\./secret/*",
                "viewfs://c/share/lib/[.][.]/secret/*",
                "viewfs://c/share/lib/../secret/*",
                "viewfs://c/share/{secret,lib}/*",
                "viewfs://c/*/*/key"
            })
    void showsNothingOfOtherFolders(String pattern) {
        try {
            assertThat(found(pattern)).noneMatch(location -> location.contains("key"));
        } catch (ConfigurationException e) {
            assertThat(e).hasMessageStartingWith("The pattern " + pattern + " is not resolved, because it");
        }
    }

    @Test
    void refusesWhatIsFoundOutsideWithoutNamingIt() {
        GuardedGlobs hostile = new GuardedGlobs(
                new UploadPolicy("hdfs://nn/lib", List.of()),
                false,
                pattern -> List.of(ResourceUri.of("hdfs://nn/secret/key")));

        assertThatThrownBy(() -> hostile.expand(ResourceUri.of("hdfs://nn/lib/{../}secret/*")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("leads outside of hdfs://nn/lib/")
                .hasMessageNotContaining("key");
    }
}
