package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that name files which only the submitter's machine has. */
class LocalPathWarningsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("here.jar"), "x");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.driver.extraJavaOptions, -Xss1m -javaagent:FILE=port=1, driver",
        "spark.driver.defaultJavaOptions, -Dlog4j2.configurationFile=file://FILE, driver",
        "spark.executor.extraJavaOptions, -Djavax.net.ssl.trustStore=FILE -ea, executor",
        "spark.executor.extraClassPath, /opt/x/*:FILE, executor",
        "spark.driver.extraClassPath, FOLDER/*, driver",
        "spark.jars.ivySettings, file:FILE, driver",
        "spark.ssl.trustStore, FILE, driver"
    })
    void fileThatIsNotUploadedIsNamedWithTheWayToBringIt(String key, String value, String role) {
        assertThat(warnings(key, value))
                .singleElement()
                .asString()
                .startsWith(key + " names " + folder)
                .contains("is not uploaded")
                .contains("spark.kubernetes." + role + ".secrets.<Secret>=<directory>");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.driver.extraJavaOptions, -javaagent:/no/such/agent.jar",
        "spark.driver.extraJavaOptions, -Djava.io.tmpdir=FOLDER -XX:HeapDumpPath=FILE -Dapp.log.file=FILE",
        "spark.driver.extraJavaOptions, -Dlog4j2.configurationFile=log4j2.properties",
        "spark.executor.extraClassPath, /usr/lib:jars/*",
        "spark.jars, local://FILE",
        "spark.my.own.file, FILE"
    })
    void acceptsOtherPaths(String key, String value) {
        assertThat(warnings(key, value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"spark.kubernetes.driver.secrets.agent", "spark.kubernetes.driver.volumes.emptyDir.a.mount.path"
            })
    void pathBelowAMountIsThatOfThePod(String mount) {
        assertThat(Applications.java()
                        .with("spark.driver.extraJavaOptions", "-javaagent:" + file)
                        .with(mount, folder.toString())
                        .build()
                        .warnings())
                .isEmpty();
    }

    @Test
    void jarsAreBetterUploaded() {
        assertThat(warnings("spark.driver.extraClassPath", "FILE"))
                .singleElement()
                .asString()
                .contains("Add jars to spark.jars instead");
    }

    private List<String> warnings(String key, String value) {
        return Applications.java()
                .with(key, value.replace("FILE", file.toString()).replace("FOLDER", folder.toString()))
                .build()
                .warnings();
    }
}
