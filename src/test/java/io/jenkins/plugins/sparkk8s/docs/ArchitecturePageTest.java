package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/architecture.md names classes where they are. */
class ArchitecturePageTest {
    private static final String PAGE = Pages.read(Path.of("docs", "architecture.md"));
    private static final Path CLASSES = Path.of("src/main/java/io/jenkins/plugins/sparkk8s");

    /** A class, with or without its package; the star stands for any beginning of a name. */
    private static final Pattern NAMED =
            Pattern.compile("`(?:((?:[a-z]+/)+)(?=[*A-Z])|(?=\\w*[a-z][A-Z]))([*A-Z][A-Za-z0-9]+)`");

    /** Rows of "Where to look", without those that head a table. */
    static Stream<String> rows() {
        String section = PAGE.split("\n## Where to look\n", 2)[1].split("\n## ", 2)[0];
        return section.lines().filter(line -> line.startsWith("| ") && line.contains("`"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowsNameClassesOfTheirPackage(String row) throws IOException {
        String folder = "";
        for (MatchResult named : NAMED.matcher(row).results().toList()) {
            folder = named.group(1) == null ? folder : named.group(1);
            assertThat(files(folder + named.group(2)))
                    .as(folder + named.group(2))
                    .isNotEmpty();
        }
    }

    @Test
    void everyClassThatIsNamedExists() {
        assertThat(rows()).hasSizeGreaterThan(30);
        assertThat(NAMED.matcher(PAGE).results().map(named -> named.group(2)).filter(name -> !name.endsWith("Test")))
                .allSatisfy(name -> assertThat(files("**/" + name)).isNotEmpty());
    }

    private static Stream<Path> files(String pattern) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + CLASSES + "/" + pattern + ".java");
        try (Stream<Path> all = Files.walk(CLASSES)) {
            return all.filter(matcher::matches).toList().stream();
        }
    }
}
