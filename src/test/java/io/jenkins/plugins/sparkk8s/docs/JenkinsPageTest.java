package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.export.Exported;

/** docs/jenkins.md names what scripts and clients can read. */
class JenkinsPageTest {
    private static final String PAGE = Pages.read(Path.of("docs", "jenkins.md"));
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    @Test
    void listsEveryPropertyOfTheResult() {
        Stream<String> properties = Arrays.stream(SparkApplicationRun.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Exported.class))
                .map(Method::getName)
                .map(name -> Introspector.decapitalize(name.replaceFirst("^(get|is)", "")));

        assertThat(firstColumn("What the step returns")).containsExactlyInAnyOrderElementsOf(properties.toList());
    }

    @Test
    void listsEveryPhase() {
        assertThat(firstColumn("From the step to the result"))
                .containsExactlyElementsOf(Arrays.stream(Phase.values())
                        .map(phase -> phase.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void listsEveryOutcome() {
        assertThat(Arrays.stream(Outcome.values()).map(Outcome::name))
                .allSatisfy(outcome -> assertThat(PAGE).contains("`" + outcome + "`"));
    }

    private static List<String> firstColumn(String section) {
        String text = PAGE.split("\n## " + section + "\n", 2)[1].split("\n## ", 2)[0];
        return text.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" |", 1)))
                .flatMap(cell -> WORD.matcher(cell).results())
                .map(word -> word.group(1))
                .toList();
    }
}
