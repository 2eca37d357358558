package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Path SOURCES =
            Path.of("src", "main", "java", "io", "jenkins", "plugins", "sparkk8s", "jenkins", "cluster");
    private static final Pattern KEY =
            Pattern.compile("\"((?:Cluster|Conf|Connection|Spark|Upload)[A-Za-z]+\\.[A-Z]\\w+)\"");

    @Test
    void eachTextIsThereAndUsed() throws IOException {
        Properties texts = new Properties();
        try (InputStream in = TextsTest.class.getResourceAsStream("Texts.properties")) {
            texts.load(in);
        }
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                KEY.matcher(Files.readString(source)).results().forEach(match -> used.add(match.group(1)));
            }
        }

        assertThat(texts.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(used);
    }
}
