package io.jenkins.plugins.sparkk8s.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResumedOutputTest {
    private final List<String> printed = new ArrayList<>();

    private static List<String> driver(String... lines) {
        return Stream.of(lines).map(line -> ResumedOutput.DRIVER_LINE + line).toList();
    }

    private void resume(List<String> log, List<String> readAgain) {
        ResumedOutput output = new ResumedOutput(printed::add, log);
        readAgain.forEach(output::line);
        output.end();
    }

    @Test
    void leavesOutWhatTheLogEndsWith() {
        resume(driver("a", "b", "c"), driver("b", "c", "d", "e"));

        assertThat(printed).isEqualTo(driver("d", "e"));
    }

    @Test
    void showsWhatWasReadButNeverReachedTheDisk() {
        resume(driver("a", "b"), driver("b", "c", "d"));

        assertThat(printed).isEqualTo(driver("c", "d"));
    }

    @Test
    void takesTheLongestMatchOfLinesThatRepeat() {
        resume(driver("x", "x", "x"), driver("x", "x", "x", "x"));

        assertThat(printed).isEqualTo(driver("x"));
    }

    @Test
    void losesNothingWhenNothingIsKnown() {
        resume(driver("a", "b"), driver("c", "b", "d"));

        assertThat(printed).isEqualTo(driver("c", "b", "d"));
    }

    @Test
    void losesNothingWhenTheBeginningLooksKnownAndIsNot() {
        resume(driver("a", "b", "c"), driver("a", "b", "d"));

        assertThat(printed).isEqualTo(driver("a", "b", "d"));
    }

    @Test
    void losesNothingWhenTheLogEndsInTheMiddleOfAMatch() {
        resume(driver("a", "b", "c"), driver("a", "b"));

        assertThat(printed).isEqualTo(driver("a", "b"));
    }

    @Test
    void letsOtherLinesThroughAtOnce() {
        ResumedOutput output = new ResumedOutput(printed::add, driver("a", "b"));

        output.line(driver("a").get(0));
        output.line("[executor 1] Running");

        assertThat(printed).containsExactly("[executor 1] Running");
    }

    @Test
    void showsEverythingOfANewApplication() {
        resume(List.of("[submit] created Pod"), driver("a", "b"));

        assertThat(printed).isEqualTo(driver("a", "b"));
    }
}
