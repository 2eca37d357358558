package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table "When the controller restarts" of docs/jenkins.md. */
class NextActionTest {
    @ParameterizedTest
    @CsvSource({
        "STAGING, SUBMIT, DISCARD",
        "CREATING, TAKE_OVER_OR_SUBMIT, TAKE_OVER_OR_REMOVE",
        "RUNNING, WATCH, WATCH",
        "DEPLOYED, REPORT_AND_WATCH, WATCH",
        "ENDED, REPORT, CLEAN_UP",
        "UNKNOWN, NONE, NONE"
    })
    void followsFromThePhaseAndWhetherABuildWaits(Phase phase, NextAction pipeline, NextAction noBuild) {
        assertThat(NextAction.of(phase, true)).isEqualTo(pipeline);
        assertThat(NextAction.of(phase, false)).isEqualTo(noBuild);
    }
}
