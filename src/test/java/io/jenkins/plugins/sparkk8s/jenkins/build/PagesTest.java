package io.jenkins.plugins.sparkk8s.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the pages keep the rules by which Jenkins' own checks and its content security policy judge them. */
class PagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/sparkk8s/jenkins/build");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
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

    @Test
    void scriptMakesNothingOfTexts() throws IOException {
        String script = Files.readString(RESOURCES.resolve("SparkApplicationsAction/applications.js"));
        assertThat(script)
                .contains("textContent")
                .doesNotContain(
                        "createElement",
                        "JSON.parse",
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "eval(",
                        "document.write");
        assertThat(RESOURCES.resolve("SparkApplicationsAction/applications.css"))
                .exists();
    }

    /** It looks for what the templates write. */
    @Test
    void scriptAndTemplatesUseTheSameNames() throws IOException {
        StringBuilder templates = new StringBuilder();
        for (Path page : pages()) {
            templates.append(Files.readString(page));
        }
        String script = Files.readString(RESOURCES.resolve("SparkApplicationsAction/applications.js"));
        Pattern.compile("\\.(spark-application[\\w-]*)")
                .matcher(script)
                .results()
                .map(match -> match.group(1))
                .forEach(name -> assertThat(templates.toString()).containsPattern("[\" ']" + name + "[\" ']"));
    }

    @Test
    void coloursAreThoseOfTheTheme() throws IOException {
        assertThat(Files.readString(RESOURCES.resolve("SparkApplicationsAction/applications.css")))
                .doesNotContainPattern("#[0-9a-fA-F]{3}|rgb|hsl|oklch");
    }
}
