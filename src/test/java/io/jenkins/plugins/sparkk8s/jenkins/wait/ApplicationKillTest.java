package io.jenkins.plugins.sparkk8s.jenkins.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationKill;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;

/** Builds that stop applications which another step, or another build, has submitted. */
class ApplicationKillTest extends OtherBuildCase {
    private boolean isDriverGone() {
        return controller.drivers().stream().allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    }

    @Test
    void removesTheDriverAndSaysSo() {
        ApplicationRecord record = deploy();

        SparkApplicationKill kill = other.kill(id(record)).join();

        assertThat(kill.isKilled()).isTrue();
        assertThat(kill.isRemoved()).isTrue();
        assertThat(kill.getApplication().getResult()).isEqualTo("ABORTED");
        assertThat(kill.getApplication().getReason())
                .isEqualTo("The application was stopped by sparkK8sKill of job #2.");
        assertThat(isDriverGone()).isTrue();
        assertThat(other.log())
                .contains(
                        "[spark] stopping application " + id(record) + " of #1",
                        "[spark] application " + id(record) + " is stopped");
        assertThat(record.isDone()).isTrue();
        assertThat(controller.context().followers().count()).isZero();
    }

    @Test
    void aSecondKillDoesNothing() {
        ApplicationRecord record = deploy();
        other.kill(id(record)).join();
        controller.server.clearRequests();

        SparkApplicationKill again = other.kill(id(record)).join();

        assertThat(again.isKilled()).isFalse();
        assertThat(again.getApplication().getResult()).isEqualTo("ABORTED");
        assertThat(again.toString()).contains("had already ended").contains("stopped by sparkK8sKill");
        assertThat(controller.server.requests()).isEmpty();
    }

    /** All threads may have been busy until then. */
    @Test
    void anAbortThatComesBeforeItHasBegunLeavesTheApplicationAlone() {
        ApplicationRecord record = deploy();
        CompletableFuture<SparkApplicationKill> done = new CompletableFuture<>();
        ApplicationKill kill = other.kill(id(record), done);

        kill.abort(new Exception("enough"));
        kill.start();
        await().until(() -> controller.context().threads().isCleanedUp());

        assertThat(failure(done)).hasMessage("enough");
        assertThat(isDriverGone()).isFalse();
        assertThat(other.log()).doesNotContain("stopping application");
        assertThat(controller.context().followers().count()).isZero();
    }

    @Test
    void anApplicationThatEndedByItselfKeepsItsResult() {
        ApplicationRecord record = deploy();
        controller.driverEnds(0);
        await().until(record::isDone);

        SparkApplicationKill kill = other.kill(id(record)).join();

        assertThat(kill.isKilled()).isFalse();
        assertThat(kill.getApplication().getResult()).isEqualTo("SUCCEEDED");
    }

    @Test
    void theBuildThatWaitsFailsWithTheReason() {
        Application application = controller.application(step()).start().awaitDriver();
        controller.driverRuns();
        controller.awaitLog(" Running");
        OtherBuild.Waiting waiting = other.waitFor(id(application.record()));
        await().until(() -> other.log().contains(" Running"));

        other.kill(id(application.record())).join();

        String reason = "The application was stopped by sparkK8sKill of job #2.";
        assertThat(failure(application)).hasMessage(reason);
        assertThat(failure(waiting.end)).hasMessage(reason);
        assertThat(other.boxes().get(0).getResult()).isEqualTo("ABORTED");
    }

    @Test
    void saysThatTheDriverMayStillRunWhenTheClusterRefuses() {
        ApplicationRecord record = deploy();
        controller.server.faults().answer(100, RequestMatch.of("delete", "pods"), 403);

        SparkApplicationKill kill = other.kill(id(record)).join();

        assertThat(kill.isKilled()).isTrue();
        assertThat(kill.isRemoved()).isFalse();
        assertThat(other.log()).contains("its driver may still run");
        assertThat(isDriverGone()).isFalse();
    }

    @Test
    void anApplicationOfAnotherJobNeedsThePermissionToCancel() {
        ApplicationRecord record = deploy();
        OtherBuild foreign = build("foreign");
        controller.run.job.acl = allowing(Item.READ);
        String none = "spark-00000000000000000000000000000000";

        for (Authentication user : new Authentication[] {ACL.SYSTEM2, USER}) {
            String refused = failure(foreign.as(user).kill(id(record))).getMessage();
            assertThat(refused)
                    .contains("Job/Cancel")
                    .isEqualTo(failure(foreign.kill(none)).getMessage().replace(none, id(record)));
        }
        assertThat(isDriverGone()).isFalse();

        controller.run.job.acl = allowing(Item.READ, Item.CANCEL);
        assertThat(foreign.as(USER).kill(id(record)).join().isKilled()).isTrue();
        assertThat(isDriverGone()).isTrue();
    }

    /** A label of a pod proves nothing: what is stopped has a record. */
    @Test
    void aPodOfNoRecordIsNotTouched() {
        ApplicationRecord record = deploy();
        String stolen = "spark-11111111111111111111111111111111";
        controller
                .client
                .pods()
                .inNamespace("default")
                .withName(record.handle().driverPodName())
                .edit(pod -> pod.edit()
                        .editMetadata()
                        .addToLabels("spark-app-selector", stolen)
                        .endMetadata()
                        .build());

        assertThat(failure(other.kill(stolen))).hasMessageContaining("Jenkins has no application");
        assertThat(isDriverGone()).isFalse();
    }

    /** The controller dies in the midst of it; the next one carries it out, and the step begins again. */
    @Test
    void isDoneByTheNextControllerWhenThisOneDies() {
        ApplicationRecord record = deploy();
        controller.server.faults().stall(1000, RequestMatch.of("delete", "pods"));
        CompletableFuture<SparkApplicationKill> cut = other.kill(id(record));
        await().until(record::isAborting);
        controller.restart();
        controller.server.faults().clear();

        controller.lookForApplications();
        SparkApplicationKill kill = other.kill(id(record)).join();

        assertThat(cut).isNotDone();
        assertThat(kill.getApplication().getResult()).isEqualTo("ABORTED");
        assertThat(SparkApplicationRun.of(record).getReason()).contains("stopped by sparkK8sKill of job #2");
        await().until(this::isDriverGone);
    }
}
