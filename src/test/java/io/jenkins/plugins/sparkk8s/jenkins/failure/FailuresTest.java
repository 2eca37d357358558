package io.jenkins.plugins.sparkk8s.jenkins.failure;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkInfrastructureCondition;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a build is notified of after a failure. */
class FailuresTest {
    private final SparkInfrastructureCondition condition = new SparkInfrastructureCondition();
    private static final KubernetesClientException ANSWER = new KubernetesClientException("an answer");

    private static ClusterException submission(int code) {
        return new ClusterException("Refused.", code, ANSWER);
    }

    /** A Pipeline could not keep it, and would show the stack trace of all instead of the message of the first. */
    @Test
    void leadsToNoClassOfTheKubernetesClient() {
        assertThat(Failures.of(submission(403))).hasMessage("Refused.").hasNoCause();
        assertThat(Failures.of(new ConfigurationException("Wrong."))).hasNoCause();
        assertThat(Failures.of(new AbortException("Wrong."))).hasNoCause();
        assertThat(Failures.of(new IOException("gone", ANSWER))).hasNoCause();
        assertThat(Failures.of(new IllegalStateException(ANSWER))).hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({"0, INFRASTRUCTURE", "429, INFRASTRUCTURE", "503, INFRASTRUCTURE", "401, CONFIGURATION"})
    void onlyWhatARepeatMayMendIsOfTheInfrastructure(int code, Kind kind) {
        assertThat(Failures.of(submission(code)).kind()).isEqualTo(kind);
    }

    @Test
    void namesWhereJenkinsKeepsTheConnection() {
        assertThat(Failures.of(submission(401))).hasMessageContaining("Manage Jenkins » System");
        assertThat(Failures.of(submission(0))).hasMessageContaining("Manage Jenkins » System");
        assertThat(Failures.of(submission(409))).hasMessage("Refused.");
    }

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
