package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    @TempDir
    Path directory;

    private Map<String, String> read(String content) throws IOException {
        return PropertiesFile.read(Files.writeString(directory.resolve("p.conf"), content));
    }

    @Test
    void readsSparksForms() throws IOException {
        assertThat(read("""
                        # a comment
                        spark.a            one
                        spark.b=two = 2
                        spark.c: three
                          spark.d   four \\
                                    and more
                        spark.größe=7 µm
                        spark.empty
                        """))
                .containsOnly(
                        Map.entry("spark.a", "one"),
                        Map.entry("spark.b", "two = 2"),
                        Map.entry("spark.c", "three"),
                        Map.entry("spark.d", "four and more"),
                        Map.entry("spark.größe", "7 µm"),
                        Map.entry("spark.empty", ""));
    }

    @Test
    void trimsValuesButKeepsLineEnds() throws IOException {
        assertThat(read("spark.a=x \t \nspark.lf=\\n\nspark.crlf=\\ \\r\\n \nspark.tab=\\t\n"))
                .containsOnly(
                        Map.entry("spark.a", "x"),
                        Map.entry("spark.lf", "\n"),
                        Map.entry("spark.crlf", "\r\n"),
                        Map.entry("spark.tab", ""));
    }

    @Test
    void takesTheLastOfEqualKeys() throws IOException {
        assertThat(read("spark.a=1\nspark.a=2\n")).containsOnly(Map.entry("spark.a", "2"));
    }

    @Test
    void saysThatFileIsMissing() {
        Path missing = directory.resolve("missing.conf");

        assertThatThrownBy(() -> PropertiesFile.read(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The properties file %s cannot be read: there is no such file. Correct the file or its path.",
                        missing);
    }

    @Test
    void saysThatFileIsNoText() throws IOException {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xCA, (byte) 0xFE, 0, (byte) 0xBE});

        assertThatThrownBy(() -> PropertiesFile.read(binary))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it is not UTF-8 text");
    }

    @Test
    void saysWhatIsWrongWithEscapeOrFolder() {
        assertThatThrownBy(() -> read("spark.a=\\u12G4"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("p.conf cannot be read: Malformed");
        assertThatThrownBy(() -> PropertiesFile.read(directory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be read: Is a directory");
    }
}
