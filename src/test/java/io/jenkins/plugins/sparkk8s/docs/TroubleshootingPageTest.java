package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user who looks for a message finds it on the page, since each one there is one of ours, word for word. */
class TroubleshootingPageTest {
    private static final Pattern MESSAGE = Pattern.compile("^\\| `(.*?)` \\|", Pattern.MULTILINE);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    private static List<String> texts;

    @BeforeAll
    static void readSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            texts = files.filter(Files::isRegularFile)
                    .flatMap(TroubleshootingPageTest::texts)
                    .toList();
        }
    }

    private static Stream<String> texts(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".java")) {
            return LITERAL.matcher(CONCATENATION.matcher(Pages.read(file)).replaceAll(""))
                    .results()
                    .map(literal -> literal.group(1).replace("\\\"", "\""));
        }
        return name.equals("Messages.properties")
                ? Pages.read(file).lines().map(line -> line.replace("''", "'"))
                : Stream.empty();
    }

    static Stream<String> messages() {
        return MESSAGE.matcher(Pages.read(Path.of("docs", "troubleshooting.md")))
                .results()
                .map(message -> message.group(1));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageIsOneOfOurs(String message) {
        assertThat(texts.stream().anyMatch(text -> holds(text, message))).isTrue();
    }

    @Test
    void messagesAreFoundByTheirWords() {
        assertThat(texts.stream().anyMatch(text -> holds(text, "The driver pod … did not begin within")))
                .isFalse();
        assertThat(messages()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    private static boolean holds(String text, String message) {
        String words = Arrays.stream(message.split("…", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".*"));
        return Pattern.compile(words).matcher(text).find();
    }
}
