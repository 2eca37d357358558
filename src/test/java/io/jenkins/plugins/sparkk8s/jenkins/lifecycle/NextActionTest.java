package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table "When the controller restarts" of docs/jenkins.md. */
class NextActionTest {
    @ParameterizedTest
    @CsvSource({
        "QUEUED, QUEUE, DISCARD",
        "STAGING, SUBMIT, DISCARD",
        "CREATING, TAKE_OVER_OR_SUBMIT, TAKE_OVER_OR_REMOVE",
        "RUNNING, WATCH, WATCH",
        "DEPLOYED, REPORT_AND_WATCH, WATCH",
        "ENDED, REPORT, CLEAN_UP",
        "UNKNOWN, NONE, NONE"
    })
    void followsFromThePhaseAndWhetherABuildWaits(Phase phase, NextAction pipeline, NextAction noBuild) {
        assertThat(NextAction.of(phase, true, false)).isEqualTo(pipeline);
        assertThat(NextAction.of(phase, false, false)).isEqualTo(noBuild);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"ENDED", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void isTheAbortThatWasBegunAsLongAsTheApplicationIsOpen(Phase phase) {
        assertThat(NextAction.of(phase, true, true)).isEqualTo(NextAction.ABORT);
        assertThat(NextAction.of(phase, false, true)).isEqualTo(NextAction.ABORT);
    }

    @Test
    void doesNotAbortWhatHasEnded() {
        assertThat(NextAction.of(Phase.ENDED, true, true)).isEqualTo(NextAction.REPORT);
        assertThat(NextAction.of(Phase.ENDED, false, true)).isEqualTo(NextAction.CLEAN_UP);
        assertThat(NextAction.of(Phase.UNKNOWN, false, true)).isEqualTo(NextAction.NONE);
    }
}
