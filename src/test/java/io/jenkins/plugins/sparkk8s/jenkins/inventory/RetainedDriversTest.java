package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleCase;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.wait.OtherBuild;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Driver pods of applications that have ended are removed when their time is over, and no earlier. */
class RetainedDriversTest extends LifecycleCase {
    private static final String SUCCEEDED = "spark.kubernetes.submit.retainSucceeded";
    private static final String FAILED = "spark.kubernetes.submit.retainFailed";

    private Application ended(int exitCode, String... conf) {
        Application application = controller.application(step(conf)).start();
        controller.driverRuns();
        controller.driverEnds(exitCode);
        if (exitCode == 0) {
            application.end.join();
        } else {
            await().until(application.end::isCompletedExceptionally);
        }
        return application;
    }

    private static SparkK8sSubmitStep step(String... conf) {
        SparkK8sSubmitStep step = step();
        step.setConf(String.join("\n", conf));
        return step;
    }

    /** What Jenkins removes when so much time has passed; the controller has been restarted meanwhile. */
    private void removeAfter(Duration time) {
        controller.restart();
        controller.endBuild();
        new RetainedDrivers(
                        controller.context().clusters(),
                        controller.context().threads(),
                        Clock.offset(Clock.systemUTC(), time))
                .removeDue();
        await().until(() -> controller.context().threads().isCleanedUp());
    }

    private long entries() throws IOException {
        Path folder = home.resolve("spark-drivers");
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void removesASucceededDriverAfterADay() throws Exception {
        ended(0);

        removeAfter(Duration.ofHours(23));
        assertThat(controller.drivers()).hasSize(1);
        removeAfter(Duration.ofHours(25));
        assertThat(controller.drivers()).isEmpty();
        assertThat(entries()).isZero();
    }

    @Test
    void removesAFailedDriverAfterAWeek() {
        ended(3);

        removeAfter(Duration.ofDays(6));
        assertThat(controller.drivers()).hasSize(1);
        removeAfter(Duration.ofDays(8));
        assertThat(controller.drivers()).isEmpty();
    }

    @Test
    void saysInTheLogWhenTheDriverIsRemoved() {
        ended(0, SUCCEEDED + "=90m");

        assertThat(controller.log()).containsPattern("\\[spark] driver pod \\S+ is removed after 90m");
    }

    @ParameterizedTest
    @CsvSource({"1h, 2h, 3h, 1h", "'', 2h, 3h, 2h", "'', '', 3h, 3h", "'', '', '', 1d"})
    void theStepWinsOverItsConfigurationAndThatOverTheCluster(
            String ofStep, String ofConf, String ofCluster, String expected) {
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        cluster.setRetainSucceeded(ofCluster);
        SparkClusters.get().setClusters(List.of(cluster));
        SparkK8sSubmitStep step = step(ofConf.isEmpty() ? "" : SUCCEEDED + "=" + ofConf);
        step.setRetainSucceeded(ofStep);

        controller.application(step).start();
        controller.driverRuns();
        controller.driverEnds(0);

        await().untilAsserted(() ->
                assertThat(controller.log()).containsPattern("driver pod \\S+ is removed after " + expected + " \\("));
    }

    @Test
    void removesADriverAtOnceWhenItIsNotToBeKept() {
        ended(0, SUCCEEDED + "=0");

        await().until(() -> controller.drivers().isEmpty());
    }

    /** Its log is the only one that has all lines. */
    @Test
    void keepsADriverUntilABuildThatWaitsHasReadItsLog(@TempDir Path folder) {
        controller.items.put("job", controller.run.job);
        SparkK8sSubmitStep step = step(SUCCEEDED + "=0");
        step.setWaitForCompletion(false);
        ApplicationRecord record = controller.application(step).start().end.join();
        controller.driverRuns();
        OtherBuild other = OtherBuild.of(controller, "job", folder);
        OtherBuild.Waiting waiting = other.waitFor(record.identity().applicationId());
        await().until(() -> other.log().contains(" Running"));

        controller.driverEnds(0);

        waiting.end.join();
        assertThat(controller.drivers()).hasSize(1);
        assertThat(other.log()).doesNotContain("may be missing");
        removeAfter(Duration.ofMinutes(1));
        assertThat(controller.drivers()).isEmpty();
    }

    @Test
    void keepsADriverForever() throws Exception {
        ended(3, FAILED + "=forever", SUCCEEDED + "=0");

        removeAfter(Duration.ofDays(1000));
        assertThat(controller.drivers()).hasSize(1);
        assertThat(entries()).isZero();
    }

    @Test
    void leavesAnotherApplicationsDriverOfTheSameName() throws Exception {
        ended(0);
        Pod driver = controller.drivers().get(0);
        controller.client.resource(driver).withGracePeriod(0).delete();
        controller
                .client
                .resource(new PodBuilder(driver)
                        .editMetadata()
                        .withResourceVersion(null)
                        .withUid(null)
                        .endMetadata()
                        .build())
                .create();

        removeAfter(Duration.ofDays(2));

        assertThat(controller.drivers()).hasSize(1);
        assertThat(entries()).isZero();
    }

    @Test
    void triesAgainWhatTheClusterRefused() throws Exception {
        ended(0);
        controller.server.faults().answer(1, RequestMatch.of("delete", "pods"), 403);

        removeAfter(Duration.ofDays(2));
        assertThat(entries()).isOne();
        removeAfter(Duration.ofDays(2));

        assertThat(controller.drivers()).isEmpty();
        assertThat(entries()).isZero();
    }

    @Test
    void aRefusedDriverHoldsUpNoOther() throws Exception {
        for (String id : List.of("a", "b")) {
            Application application = controller.application(step(), id).start().awaitDriver();
            application.driverEnds();
            application.end.join();
        }
        controller.server.faults().answer(1, RequestMatch.of("delete", "pods"), 403);

        removeAfter(Duration.ofDays(2));

        assertThat(controller.drivers()).hasSize(1);
        assertThat(entries()).isOne();
    }

    @Test
    void givesUpAWeekAfterTheTimeIsOver() throws Exception {
        ended(0);
        controller.changeCluster("renamed", null);

        removeAfter(Duration.ofDays(2));
        assertThat(entries()).isOne();
        removeAfter(Duration.ofDays(9));

        assertThat(entries()).isZero();
    }
}
