package io.jenkins.plugins.sparkk8s.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the pages keep the rules by which Jenkins' own checks and its content security policy judge them. */
class PagesTest {
    private static final Path JENKINS = Path.of("src/main/resources/io/jenkins/plugins/sparkk8s/jenkins");
    private static final Path BUILD = JENKINS.resolve("build/SparkApplicationsAction");
    private static final Path HISTORY = JENKINS.resolve("history/SparkHistoryAction");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String room : List.of("build", "history")) {
            try (Stream<Path> files = Files.walk(JENKINS.resolve(room))) {
                files.filter(file -> file.toString().endsWith(".jelly")).forEach(pages::add);
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void escapesAllTexts(Path page) throws IOException {
        String text = Files.readString(page);
        assertThat(text).startsWith("<?jelly escape-by-default='true'?>");
        assertThat(text).doesNotContain("j:out", "escape-by-default='false'", "h.rawHtml");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasNoScriptOrStyleInIt(Path page) throws Exception {
        assertThat(Files.readString(page))
                .doesNotContainIgnoringCase("<script")
                .doesNotContainIgnoringCase("<style")
                .doesNotContainPattern("\\s(on\\w+|style|checkUrl)=")
                .doesNotContain("st:bind");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
    }

    /** A property of that name makes Jenkins refuse the page. */
    @ParameterizedTest
    @MethodSource("pages")
    void namesNoPropertyLikeAnOperator(Path page) throws IOException {
        assertThat(Files.readString(page)).doesNotContainPattern("\\.(empty|size|not|and|or|div|mod|eq|ne)\\b(?!\\()");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasItsTextsInTheProperties(Path page) throws IOException {
        List<String> keys = Pattern.compile("\\$\\{%([^}]+)}")
                .matcher(Files.readString(page))
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
        Path properties = Path.of(page.toString().replace(".jelly", ".properties"));
        assertThat(Files.exists(properties)).isEqualTo(!keys.isEmpty());
        if (!keys.isEmpty()) {
            Properties texts = new Properties();
            try (Reader reader = Files.newBufferedReader(properties)) {
                texts.load(reader);
            }
            assertThat(texts.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    private static final Path RESOURCES = Path.of("src/main/resources");

    static List<Path> allPages() throws IOException {
        try (Stream<Path> files = Files.walk(JENKINS)) {
            return files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
    }

    /** Jenkins looks for them beside the class, so that a class that moves loses them silently. */
    @ParameterizedTest
    @MethodSource("allPages")
    void belongsToAClass(Path page) {
        Path type = RESOURCES.relativize(page.getParent());
        assertThat(Path.of("src/main/java").resolve(type + ".java")).exists();
    }

    @ParameterizedTest
    @MethodSource("allPages")
    void includesOnlyWhatIsThere(Path page) throws IOException {
        String text = Files.readString(page);
        found(text, "<st:adjunct includes=\"([\\w.]+)\"")
                .forEach(adjunct -> assertThat(RESOURCES.resolve(adjunct.replace('.', '/') + ".js"))
                        .exists());
        found(text, "<st:include page=\"([\\w.]+)\"\\s*/>")
                .forEach(included -> assertThat(page.resolveSibling(included)).exists());
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    static List<Path> scripts() {
        return List.of(BUILD.resolve("applications.js"), HISTORY.resolve("history.js"));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptMakesNothingOfTexts(Path script) throws IOException {
        assertThat(Files.readString(script))
                .contains("DOMParser")
                .doesNotContain(
                        "createElement",
                        "JSON.parse",
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "eval(",
                        "document.write");
        assertThat(Path.of(script.toString().replace(".js", ".css"))).exists();
    }

    /** It looks for what the templates write. */
    @ParameterizedTest
    @MethodSource("scripts")
    void scriptAndTemplatesUseTheSameNames(Path script) throws IOException {
        StringBuilder templates = new StringBuilder();
        for (Path page : pages()) {
            templates.append(Files.readString(page));
        }
        Pattern.compile("\\.(spark-(?:application|timeline|history)[\\w-]*)")
                .matcher(Files.readString(script))
                .results()
                .map(match -> match.group(1))
                .forEach(name -> assertThat(templates.toString()).containsPattern("[\" ']" + name + "[\" ']"));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void coloursAreThoseOfTheTheme(Path script) throws IOException {
        assertThat(Files.readString(Path.of(script.toString().replace(".js", ".css"))))
                .doesNotContainPattern("#[0-9a-fA-F]{3}|\\b(rgb|hsl|oklch)");
    }
}
