package io.jenkins.plugins.sparkk8s.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A text that is used and missing does not compile; one that nothing uses is found here. */
class MessagesTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern USE = Pattern.compile("\\bMessages(?:\\.|::)(\\w+)");

    static Stream<Path> texts() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.endsWith("Messages.properties")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void eachTextIsUsed(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        }
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.list(SOURCES.resolve(RESOURCES.relativize(file.getParent())))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                USE.matcher(Files.readString(source)).results().forEach(match -> used.add(match.group(1)));
            }
        }

        assertThat(texts.stringPropertyNames().stream().map(key -> key.replace('.', '_')))
                .containsExactlyInAnyOrderElementsOf(used);
    }
}
