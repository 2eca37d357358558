package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitterEnvironmentTest {
    @TempDir
    Path directory;

    @Test
    void takesEmptyVariableForUnset() {
        SubmitterEnvironment environment =
                new SubmitterEnvironment(Map.of("SPARK_USER", "", "SPARK_HOME", "/spark"), "me", directory);

        assertThat(environment.variable("SPARK_USER")).isEmpty();
        assertThat(environment.variable("SPARK_HOME")).contains("/spark");
        assertThat(environment.variable("HOME")).isEmpty();
    }

    @Test
    void readsFilesAgainstItsOwnDirectory() throws IOException {
        Files.writeString(directory.resolve("template.yaml"), "kind: Pod");
        SubmitterEnvironment environment = new SubmitterEnvironment(Map.of(), "me", directory);

        assertThat(environment.isFile("./template.yaml")).isTrue();
        assertThat(environment.read("template.yaml")).asString().isEqualTo("kind: Pod");
        assertThat(environment.isFile(".")).isFalse();
        assertThatThrownBy(() -> environment.read("missing.yaml")).isInstanceOf(IOException.class);
    }
}
