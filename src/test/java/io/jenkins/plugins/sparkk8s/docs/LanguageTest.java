package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documentation, help, forms and code use the words of Kubernetes, Spark and Jenkins. */
class LanguageTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Path MAIN = Path.of("src", "main", "java");

    /** Regular expressions of whole words in lower case, with what to write instead. */
    private static final Map<String, String> BANNED = new LinkedHashMap<>();

    static {
        BANNED.put("tells?|told|telling", "texts do not speak: describe, list, show, report");
        BANNED.put("hears?|heard", "is notified of, receives");
        BANNED.put("whoever|somebody|nobody|anybody", "name the user, the caller, or use the passive");
        BANNED.put("(go|goes|went|going|gone) on", "continues, keeps running, resumes");
        BANNED.put("lets? go", "detach, stop watching");
        BANNED.put("look(s|ed|ing)? after|adopt(s|ed)?", "monitor (in the background)");
        BANNED.put("away", "unreachable, offline; or the verb without it");
        BANNED.put("going down", "shutting down");
        BANNED.put("patience", "timeout");
        BANNED.put("draw(s|n)?|drew", "generate (a name), cause (a warning)");
        BANNED.put("by chance|from chance", "random");
        BANNED.put("trials?|for a try", "test, preview");
        BANNED.put("signs? of life", "heartbeat");
        BANNED.put("(says?|said|saying) (nothing|otherwise)|without a word", "is empty, overrides, silently");
        BANNED.put("can be said|what is said|cannot be said", "options, settings");
        BANNED.put("whose doing|by its doing", "cause");
        BANNED.put("mistakes?", "error, invalid setting");
        BANNED.put("and its kin|and the like", "name them, or: and similar");
        BANNED.put("anew", "again");
        BANNED.put("for ever", "forever, no limit");
        BANNED.put("one a line", "one per line");
    }

    /** Code keeps its words: keys, commands and messages are quoted in it. */
    private static final Pattern CODE =
            Pattern.compile("```.*?```|`[^`]*`|<code>.*?</code>|<!--.*?-->|\\]\\([^)]*\\)", Pattern.DOTALL);

    /** What users read, with the code in it left out. One more kind of text is one more stream here. */
    static Stream<Path> places() {
        return Stream.of(
                        Pages.all(),
                        Stream.of(Path.of("src", "jenkins-api", "README.md")),
                        resources(".html"),
                        resources(".properties"),
                        resources(".jelly"))
                .flatMap(places -> places);
    }

    @ParameterizedTest
    @MethodSource("places")
    void usesTheWordsOfTheField(Path place) {
        assertThat(findings(Pages.read(place))).isEmpty();
    }

    @Test
    void messagesUseTheWordsOfTheField() {
        assertThat(findings(MAIN, JavaSource::strings)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java", "src/local-cluster/java", "src/jenkins-test/java"})
    void namesUseTheWordsOfTheField(Path root) {
        assertThat(findings(root, JavaSource::names)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java", "src/local-cluster/java", "src/jenkins-test/java"})
    void commentsUseTheWordsOfTheField(Path root) {
        assertThat(findings(root, JavaSource::comments)).isEmpty();
    }

    @Test
    void readsStringsCommentsAndNamesOfJavaSeparately() {
        JavaSource source = new JavaSource("""
                /** Is told {@link Told}. */
                class Told { // goes
                    String isToldByPod = "is " + "heard"; char c = '"';
                }
                """);

        assertThat(source.strings()).containsExactly("is heard");
        assertThat(source.comments()).containsExactly("* Is told ``. ", " goes");
        assertThat(source.names()).contains("told", "is told by pod").doesNotContain("heard");
    }

    @Test
    void findsWholeWordsOutsideOfCode() {
        assertThat(findings("The page Tells it.\nThe build goes\non. `tell` is code, a foretelling is not a word."))
                .containsExactly(
                        "line 1: Tells (texts do not speak: describe, list, show, report)",
                        "line 2: goes on (continues, keeps running, resumes)");
    }

    private static Stream<Path> resources(String suffix) {
        return files(RESOURCES, suffix);
    }

    private static List<String> findings(Path root, Function<JavaSource, List<String>> words) {
        return files(root, ".java")
                .flatMap(file -> words.apply(new JavaSource(Pages.read(file))).stream()
                        .flatMap(text -> findings(text).stream().map(finding -> file.getFileName() + ": " + finding)))
                .toList();
    }

    private static Stream<Path> files(Path root, String suffix) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot list " + root, e);
        }
    }

    private static List<String> findings(String text) {
        String prose = CODE.matcher(text)
                .replaceAll(code -> Matcher.quoteReplacement(code.group().replaceAll("[^\n]+", "` `")));
        List<String> findings = new ArrayList<>();
        BANNED.forEach((words, instead) -> {
            String phrase = words.replace(" ", "\\s+");
            Pattern.compile("\\b(?:" + phrase + ")\\b", Pattern.CASE_INSENSITIVE)
                    .matcher(prose)
                    .results()
                    .forEach(found -> findings.add("line %d: %s (%s)"
                            .formatted(
                                    prose.substring(0, found.start()).split("\n", -1).length,
                                    found.group().replaceAll("\\s+", " "),
                                    instead)));
        });
        return findings;
    }
}
