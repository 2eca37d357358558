package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogFigures;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import io.jenkins.plugins.sparkk8s.monitor.progress.TaskTimes;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of an application that has ended, from its event log. */
class FinalFiguresTest {
    private MonitoredCluster cluster;
    private final AtomicInteger reads = new AtomicInteger();
    private final CompletableFuture<Optional<EventLogFigures>> eventLog = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
        cluster.eventLog = () -> {
            reads.incrementAndGet();
            return eventLog;
        };
        cluster.startMonitoring();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static EventLogFigures figures(boolean complete) {
        return new EventLogFigures(
                new ExecutorTotals(Instant.EPOCH, 2, 120, 3, 100_000, 20_000, 64, 32, 16, 1 << 30),
                new StageHistory.Totals(new StageData(64, 8, 32, 16, 1L << 30), new TaskTimes(7, 1_000, 60_000)),
                complete);
    }

    private ApplicationCost end() throws Exception {
        cluster.driverRuns();
        cluster.driverExits(0);
        return cluster.awaitEnd().cost();
    }

    @Test
    void areThoseOfTheWholeEventLog() throws Exception {
        eventLog.complete(Optional.of(figures(true)));

        ApplicationCost cost = end();

        assertThat(cost.source()).isEqualTo(ApplicationCost.Source.EVENT_LOG);
        assertThat(cost.totals().tasks()).isEqualTo(120);
        assertThat(cost.data().spilled()).isEqualTo(1L << 30);
        assertThat(cost.hints()).anyMatch(hint -> hint.contains("stage 7"));
        assertThat(cluster.monitor.state().cost().totals().failedTasks()).isEqualTo(3);
        assertThat(reads).hasValue(1);
    }

    @Test
    void anUnfinishedLogIsBetterThanNothing() throws Exception {
        eventLog.complete(Optional.of(figures(false)));

        assertThat(end().source()).isEqualTo(ApplicationCost.Source.PARTIAL_EVENT_LOG);
    }

    @Test
    void thereMayBeNone() throws Exception {
        eventLog.complete(Optional.empty());

        assertThat(end().totals()).isNull();
        assertThat(cluster.output).noneMatch(line -> line.contains("event log"));
    }

    @Test
    void oneLineReportsThatItCannotBeRead() throws Exception {
        eventLog.completeExceptionally(new IOException("nn does not answer."));

        assertThat(end().source()).isEqualTo(ApplicationCost.Source.DRIVER);
        assertThat(cluster.output)
                .contains(
                        "[spark] The event log could not be read, so that the figures may lack the last seconds: nn does not answer.");
    }

    /** Reading may take a minute. */
    @Test
    void theEndIsReportedBeforeTheyAreRead() throws Exception {
        cluster.driverRuns();
        cluster.driverExits(3);

        await().untilAsserted(() -> assertThat(cluster.output)
                .contains("[driver] Running → Failed, exit code 3")
                .anyMatch(line -> line.startsWith("[spark] The driver ended with exit code 3")));
        assertThat(cluster.end).isNotDone();

        eventLog.complete(Optional.of(figures(true)));
        assertThat(cluster.awaitEnd().cost().source()).isEqualTo(ApplicationCost.Source.EVENT_LOG);
        assertThat(cluster.output).containsOnlyOnce("[driver] Running → Failed, exit code 3");
    }

    @Test
    void isNotReadOfADriverThatNeverRan() throws Exception {
        cluster.driverWaits("InvalidImageName", "no such image");
        cluster.delete("pi-driver");

        assertThat(cluster.awaitEnd().result().isSuccess()).isFalse();
        assertThat(reads).hasValue(0);
    }

    @Test
    void aStoppedMonitorDoesNotWaitForIt() {
        cluster.driverRuns();
        cluster.driverExits(0);
        await().until(() -> reads.get() == 1);

        cluster.monitor.stop();

        assertThat(cluster.end).isCancelled();
    }
}
