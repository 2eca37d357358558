package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links lead somewhere, and what a page shows of a file is the file; {@code -DupdateDocs} copies it again. */
class PagesTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern SHOWN = Pattern.compile("(<!-- (\\S+) -->\n```\\w+\n)(.*?)(?=```)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern PICTURE = Pattern.compile("!\\[[^\\]]*]\\(([^)]*)\\)");
    private static final Path PICTURES = Path.of("docs", "images");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @Test
    void readmeShowsTheExamplesAsTheyAre() throws IOException {
        String page = Pages.read(README);
        String expected = SHOWN.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(block.group(1) + Pages.read(Path.of(block.group(2)))));
        if (System.getProperty("updateDocs") != null) {
            Files.writeString(README, expected);
        }
        assertThat(Pages.read(README)).isEqualTo(expected);
        assertThat(SHOWN.matcher(page).results()).hasSizeGreaterThanOrEqualTo(3);
    }

    static Stream<Path> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) {
        Path folder = page.toAbsolutePath().getParent();
        LINK.matcher(Pages.read(page)).results().forEach(link -> {
            Path target = link.group(1).isEmpty() ? page : folder.resolve(link.group(1));
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(anchors(Pages.read(target))).contains(link.group(2));
            }
        });
    }

    /** Screenshots are taken of a real Jenkins, which a checkout may come before. */
    @Test
    void readmeShowsThePicturesThatThereAre() {
        List<Path> there = Pages.list(PICTURES).toList();
        List<Path> shown = PICTURE.matcher(Pages.read(README))
                .results()
                .map(picture -> Path.of(picture.group(1)))
                .toList();

        assertThat(shown).containsAll(there);
        assumeThat(there)
                .as("screenshots")
                .anyMatch(picture -> picture.toString().endsWith(".png"));
        assertThat(there).containsAll(shown);
    }

    /** As GitHub makes them. */
    private static List<String> anchors(String page) {
        return HEADING.matcher(page)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
