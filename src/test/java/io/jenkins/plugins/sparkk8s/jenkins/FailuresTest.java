package io.jenkins.plugins.sparkk8s.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationResult.Cause;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationResult.Outcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script repeats. */
class FailuresTest {
    private final SparkInfrastructureCondition condition = new SparkInfrastructureCondition();

    @ParameterizedTest
    @CsvSource({
        "FAILED, APPLICATION, APPLICATION, false",
        "FAILED, INFRASTRUCTURE, INFRASTRUCTURE, true",
        "NEVER_STARTED, INFRASTRUCTURE, INFRASTRUCTURE, true",
        "NEVER_STARTED, CONFIGURATION, CONFIGURATION, false",
        "DELETED, STOPPED, ABORTED, false",
        "LOST, UNKNOWN, UNKNOWN, false"
    })
    void onlyWhatTheInfrastructureDidIsRepeated(Outcome outcome, Cause cause, Kind kind, boolean repeated) {
        SparkApplicationException failure =
                Failures.of(new ApplicationResult(outcome, null, "It ended.", List.of(), cause));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("It ended.");
        assertThat(condition.test(failure, null)).isEqualTo(repeated);
    }
}
