package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver that has ended and was deleted before anything was seen of its end: what the API server remembers decides. */
class DeletedDriverTest {
    private static final String UNKNOWN = "it was deleted before its result was read, so the result is unknown.";

    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Pod driverThatIsGone(int exitCode) {
        Pod created = cluster.create(TestPods.driver());
        cluster.driverRuns();
        cluster.driverExits(exitCode);
        cluster.delete("pi-driver");
        return created;
    }

    private ApplicationResult result() throws Exception {
        return cluster.awaitEnd().result();
    }

    @Test
    void hasItsExitCodeWithoutAnOpenWatch() throws Exception {
        cluster.startMonitoring(driverThatIsGone(3));

        ApplicationResult result = result();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(cluster.output)
                .anyMatch(line -> line.startsWith("[driver] Running on node-1"))
                .anyMatch(line -> line.startsWith("[driver] Running → Failed, exit code 3"));
    }

    @Test
    void hasItsExitCodeWhenAnotherApplicationHasTheWatch() throws Exception {
        ApplicationMonitor neighbour = ApplicationMonitor.builder(
                        cluster.client,
                        new MonitoredApplication(TestPods.NAMESPACE, "spark-neighbour", "n", "n-driver", null),
                        SparkConf.empty(),
                        line -> {})
                .clock(cluster.clock)
                .scheduler(cluster.scheduler)
                .hub(cluster.hub)
                .timings(MonitoredCluster.FAST)
                .build();
        neighbour.start();
        cluster.awaitWatches();

        cluster.startMonitoring(driverThatIsGone(0));

        assertThat(result().outcome()).isEqualTo(Outcome.SUCCEEDED);
        neighbour.stop();
    }

    @Test
    void hasItsExitCodeAfterARestart() throws Exception {
        cluster.startMonitoring();
        cluster.awaitWatches();
        cluster.server.faults().forgetHistory();
        cluster.driverRuns();
        cluster.awaitLine("[driver] Pending → Running on node-1");
        String kept = cluster.keep();
        cluster.driverExits(7);
        cluster.delete("pi-driver");

        cluster.resume(kept);

        assertThat(result().exitCode()).isEqualTo(7);
        assertThat(cluster.output)
                .anyMatch(line -> line.startsWith("[driver] Running → Failed, exit code 7"))
                .noneMatch(line -> line.startsWith("[driver] Running on"));
    }

    @Test
    void isReportedAsDeletedWhenItHadNotEnded() throws Exception {
        Pod created = cluster.create(TestPods.driver());
        cluster.driverRuns();
        cluster.delete("pi-driver");

        cluster.startMonitoring(created);

        assertThat(result().outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void isNotMistakenForALaterPodOfTheSameName() throws Exception {
        Pod created = driverThatIsGone(4);
        cluster.create(TestPods.driver());
        cluster.driverExits(0);

        cluster.startMonitoring(created);

        assertThat(result().exitCode()).isEqualTo(4);
    }

    @Test
    void hasAnUnknownResultWhenTheApiServerHasForgottenIt() throws Exception {
        Pod created = driverThatIsGone(3);
        cluster.server.faults().forgetHistory();
        cluster.startMonitoring(created);
        cluster.awaitWatches();
        cluster.clock.advance(Duration.ofMinutes(1));

        ApplicationResult result = result();

        assertThat(result.outcome()).isEqualTo(Outcome.LOST);
        assertThat(result.reason()).endsWith(UNKNOWN);
    }

    @Test
    void hasAnUnknownResultWhenItsHistoryMayNotBeRead() throws Exception {
        Pod created = driverThatIsGone(3);
        cluster.server.faults().answer(1000, RequestMatch.of("watch", "pods"), 403);
        cluster.startMonitoring(created);
        cluster.awaitLine("refuses to watch pods");
        cluster.clock.advance(Duration.ofMinutes(1));

        assertThat(result().outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void isAskedForAgainAfterAnOutage() throws Exception {
        Pod created = driverThatIsGone(3);
        cluster.server.faults().answer(2, RequestMatch.of("watch", "pods"), 503);
        cluster.startMonitoring(created);
        cluster.clock.advance(Duration.ofMinutes(1));

        assertThat(result().exitCode()).isEqualTo(3);
    }
}
