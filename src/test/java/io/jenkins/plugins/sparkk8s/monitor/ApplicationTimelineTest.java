package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSpan;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorCensus;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorHistory;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSpan;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageSpan;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A timeline is kept as a short text, and read by the next version, too. */
class ApplicationTimelineTest {
    private static final long NOW = 1_795_748_158_688L;

    private static ApplicationTimeline timeline(int executors, int moments, int stages) {
        return new ApplicationTimeline(
                new DriverSpan("node-1", NOW, NOW + 1, NOW + 2, null, null),
                new ExecutorHistory.Recorded(
                        LongStream.range(0, executors)
                                .mapToObj(id -> new ExecutorSpan(
                                        id,
                                        "daily-report-5f0e1d9b8c7a6543-exec-" + id,
                                        "gke-pool-1-node-7",
                                        NOW,
                                        NOW + 1,
                                        id == 0 ? null : (Long) NOW,
                                        id == 0 ? null : ExecutorSpan.End.FAILED,
                                        id == 0 ? null : 137,
                                        id == 0 ? null : "OOMKilled"))
                                .toList(),
                        LongStream.range(0, moments)
                                .mapToObj(at -> new ExecutorCensus(NOW + at, 1000, 1000, at))
                                .toList(),
                        2000,
                        3_600_000,
                        NOW),
                LongStream.range(0, stages)
                        .mapToObj(id -> new StageSpan((int) id, 0, "reduce at \"App.java\":30", NOW, null, 120, false))
                        .toList());
    }

    @Test
    void readsWhatItWrote() {
        ApplicationTimeline timeline = timeline(3, 4, 2);

        assertThat(ApplicationTimeline.fromJson(timeline.toJson())).isEqualTo(timeline);
    }

    @Test
    void staysSmallHoweverManyExecutorsThereAre() {
        assertThat(timeline(40, 60, 30).toJson().length()).isLessThan(12_000);
    }

    @Test
    void refusesAnotherText() {
        assertThatThrownBy(() -> ApplicationTimeline.fromJson("null")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ApplicationTimeline.fromJson("{\"executors\": 3}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCheckpointOfAnEarlierVersionHasNone() {
        MonitorCheckpoint checkpoint = MonitorCheckpoint.fromJson("""
                {"startMillis":1,"logLines":0,"driver":{"state":null,"beingDeleted":false},
                 "executors":{"known":{"1":{"label":"Running","isFinal":false}},"failures":{},
                  "printed":{"running":1,"pending":0,"peak":1,"failed":0}},"warnings":[],"progressMissing":true}""");

        assertThat(checkpoint.executors().history()).isEqualTo(ExecutorHistory.Recorded.NOTHING);
        assertThat(checkpoint.progress().stages()).isEmpty();
        assertThat(checkpoint.driverSpan()).isNull();
    }

    @Test
    void aCheckpointHasAllOfIt() {
        MonitorCheckpoint beginning = MonitorCheckpoint.beginning(Instant.EPOCH);

        assertThat(MonitorCheckpoint.fromJson(beginning.toJson())).isEqualTo(beginning);
    }
}
