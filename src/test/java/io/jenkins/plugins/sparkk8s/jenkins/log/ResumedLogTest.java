package io.jenkins.plugins.sparkk8s.jenkins.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResumedLogTest {
    private final List<String> printed = new ArrayList<>();

    private static List<String> driver(String... lines) {
        return Stream.of(lines).map(line -> ResumedLog.DRIVER_LINE + line).toList();
    }

    private ResumedLog resume(List<String> written, List<String> toldAgain) {
        ResumedLog log = new ResumedLog(printed::add, written);
        toldAgain.forEach(log::line);
        return log;
    }

    @Test
    void leavesOutWhatWasWrittenAfterTheCheckpoint() {
        resume(driver("b", "c"), driver("b", "c", "d", "e"));

        assertThat(printed).isEqualTo(driver("d", "e"));
    }

    @Test
    void leavesOutLinesThatRepeatAsOftenAsTheyWereWritten() {
        resume(driver("x", "x", "x"), driver("x", "x", "x", "x"));

        assertThat(printed).isEqualTo(driver("x"));
    }

    @Test
    void findsItsLinesAmongThoseOfAnotherApplication() {
        resume(driver("a", "other 1", "b", "other 2"), driver("a", "b", "c"));

        assertThat(printed).isEqualTo(driver("c"));
    }

    @Test
    void losesNoLineAfterOneThatWasNotWritten() {
        resume(driver("a", "b"), driver("c", "b", "d"));

        assertThat(printed).isEqualTo(driver("c", "b", "d"));
    }

    @Test
    void knowsALineWhoseSecretIsMasked() {
        resume(driver("login **** ok (****)", "b"), driver("login secret ok (secret)", "b", "c"));

        assertThat(printed).isEqualTo(driver("c"));
    }

    @Test
    void leavesOutEventsThatWereWrittenInWhateverOrder() {
        resume(
                List.of("[executor 2] Pending → Running on n", "Resuming build", "[driver] Pending → Running on n"),
                List.of(
                        "[driver] Pending → Running on n",
                        "[executor 1] Pending → Running on n",
                        "[executor 2] Pending → Running on n"));

        assertThat(printed).containsExactly("[executor 1] Pending → Running on n");
    }

    @Test
    void tellsCountsUnlessTheyAreThoseThatWereWrittenLast() {
        resume(
                List.of("[spark] executors: one", "[spark] executors: two"),
                List.of("[spark] executors: two", "[spark] executors: one", "[spark] executors: two"));

        assertThat(printed).containsExactly("[spark] executors: one", "[spark] executors: two");
    }

    @Test
    void keepsWhatHasNotComeAgainForTheNextRestart() {
        ResumedLog log = resume(
                List.of("[driver] | a", "[driver] | b", "[spark] executors: two", "[executor 1] Running"),
                List.of("[driver] | a"));

        assertThat(log.rest())
                .containsExactlyInAnyOrder("[driver] | b", "[spark] executors: two", "[executor 1] Running");
    }
}
