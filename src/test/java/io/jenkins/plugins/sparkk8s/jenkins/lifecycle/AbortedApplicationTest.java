package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a build's application when it is aborted, or its time is over. */
class AbortedApplicationTest extends LifecycleCase {
    @Test
    void removesWhatIsCreatedAfterTheAbort() throws Exception {
        controller.server.faults().delay(1, RequestMatch.of("create", "configmaps"), Duration.ofSeconds(2));
        Application application = controller.application(step()).start();
        await().until(() -> controller.server.faults().pending() == 0);

        application.lifecycle.abort(new Exception("enough"));
        failure(application);
        // It may be removed before it can be seen.
        await().until(() -> controller.server.requests().stream()
                .anyMatch(request -> request.method().equals("POST")
                        && request.path().endsWith("/configmaps")
                        && request.code() == 201));
        controller.runtime().unattended().attend(controller.run, application.record());

        await().until(() -> controller.configMapsOfDrivers().isEmpty());
        await().until(() -> application.record().isDone());
    }

    @Test
    void abortRemovesTheDriverAndReportsTheCause() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        Exception cause = new Exception("enough");

        application.lifecycle.abort(cause);

        assertThat(failure(application)).isSameAs(cause);
        await().until(() ->
                controller.drivers().stream().allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
        assertThat(controller.log()).contains("[spark] aborted", "[spark] removed driver pod");
        assertThat(SparkApplicationRun.of(application.record()).getResult()).isEqualTo("ABORTED");
    }

    @Test
    void anAbortIsAtTheClusterAtOnceThoughNoQuestionIsAnswered() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.server.faults().stall(1000, RequestMatch.of("get", "*"));

        application.lifecycle.abort(new Exception("enough"));

        await().atMost(Duration.ofSeconds(5))
                .until(() -> controller.drivers().stream()
                        .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
        controller.server.faults().clear();
        failure(application);
    }

    @Test
    void aSecondAbortDoesNotWaitForTheCluster() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.server.pause();
        try {
            application.lifecycle.abort(new Exception("first"));
            Exception second = new Exception("second");
            application.lifecycle.abort(second);

            assertThat(failure(application)).isSameAs(second);
        } finally {
            controller.server.resume();
        }
    }

    /** The abort comes to the cluster when the build is over and gives no context any more. */
    @Test
    void removesTheDriverThoughTheBuildEndedBeforeTheClusterResponded() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.server.faults().stall(1000, RequestMatch.of("*", "*"));
        application.lifecycle.abort(new Exception("first"));
        application.lifecycle.abort(new Exception("second"));
        failure(application);
        assertThat(controller.log()).contains("WARNING: the driver pod ", " may still run in namespace default");
        controller.endBuild();

        controller.server.faults().clear();

        await().until(() ->
                "ABORTED".equals(SparkApplicationRun.of(application.record()).getResult()));
        controller.runtime().unattended().attend(controller.run, application.record());
        await().until(() -> application.record().isDone());
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    }

    @Test
    void removesTheDriverLaterWhenTheClusterIsUnreachableAtTheAbort() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.server.faults().answer(100, RequestMatch.of("delete", "pods"), 403);

        application.lifecycle.abort(new Exception("enough"));
        failure(application);
        assertThat(controller.log()).contains("may still run", "retries its removal every minute");
        controller.server.faults().clear();
        controller.runtime().unattended().attend(controller.run, application.record());

        await().until(() ->
                controller.drivers().stream().allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
        await().until(() -> application.record().isDone());
    }

    @Test
    void removesTheDriverOfAClusterThatWasRenamedMeanwhile() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.changeCluster("renamed", null);

        application.lifecycle.abort(new Exception("enough"));

        failure(application);
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
        assertThat(controller.log()).contains("removed driver pod").doesNotContain("may still run");
    }

    @Test
    void endsWithABuildThatDoesNotWaitForIt() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        controller.endBuild();

        await().until(() -> application.record().isDone());
        assertThat(SparkApplicationRun.of(application.record()).getResult()).isEqualTo("ABORTED");
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
        assertThat(application.end).isNotDone();
    }

    @Test
    void stopsWhenTheTimeIsOver() {
        SparkK8sSubmitStep step = step();
        step.setTimeout("1ms");
        Application application = controller.application(step).start();

        assertThat(failure(application)).hasMessageContaining("did not end within the timeout of 1ms");
    }

    @Test
    void recordsAnAbortBeforeTheClusterHasAnswered() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.server.faults().stall(1000, RequestMatch.of("*", "*"));
        try {
            application.lifecycle.abort(new Exception("enough"));

            await().until(() -> application.record().isAborting());
            assertThat(application.record().phase()).isEqualTo(Phase.RUNNING);
            await().until(() -> controller.savedRecords().stream().allMatch(ApplicationRecord::isAborting));
        } finally {
            controller.server.faults().clear();
        }
    }

    /** The build is over, and the controller has died before the cluster answered. */
    @Test
    void theNextControllerRemovesTheDriverOfAnAbortedBuild() throws Exception {
        ApplicationRecord aborting = aborting();

        controller.runtime().unattended().attend(controller.run, aborting);

        await().until(aborting::hasEnded);
        assertThat(SparkApplicationRun.of(aborting).getResult()).isEqualTo("ABORTED");
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    }

    /** A driver that cannot be removed yet is not forgotten. */
    @Test
    void theNextControllerTriesAgainWhenTheClusterIsUnreachable() throws Exception {
        ApplicationRecord aborting = aborting();
        controller.server.pause();
        controller.runtime().unattended().attend(controller.run, aborting);
        await().until(aborting::hasEnded);
        assertThat(aborting.isLeftOnCluster()).isTrue();
        controller.server.resume();

        controller.runtime().unattended().attend(controller.run, aborting);

        await().until(() -> !aborting.isLeftOnCluster());
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    }

    private ApplicationRecord aborting() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        ApplicationRecord aborting = application.interruptedRecord();
        aborting.aborting(null);
        controller.restart();
        return aborting;
    }

    @Test
    void aPipelineThatResumesEndsWithItsAbort() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        application.record().aborting(null);
        controller.restart();

        application.resume();

        assertThat(failure(application)).hasMessage("The build was aborted.");
        assertThat(application.isStopped()).isTrue();
        assertThat(SparkApplicationRun.of(application.record()).getResult()).isEqualTo("ABORTED");
    }
}
