package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkQueue;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that waits until its cluster takes one more. */
class QueuedApplicationTest extends LifecycleCase {
    /** What holds up all but the first application. */
    private enum Limit {
        OF_CLUSTER,
        OF_JOB;

        void set(TestController controller, int applications) {
            if (this == OF_CLUSTER) {
                controller.limit(applications);
            } else {
                controller.limitOfJobs(applications);
            }
        }
    }

    private Application queued(String id) {
        return queued(named(id), id);
    }

    private Application queued(SparkK8sSubmitStep step, String id) {
        Application application = controller.application(step, id).start();
        // Its record does not exist at once.
        await().ignoreException(NoSuchElementException.class).until(() -> isQueued(application));
        return application;
    }

    private boolean isQueued(Application application) {
        return controller.context().queue().place(application.record().id()).isPresent()
                && application.record().queuePlace() != null;
    }

    private Application running(String id) {
        return controller.application(named(id), id).start().awaitDriver();
    }

    @Test
    void runsWhenAnotherHasEnded() {
        controller.limit(1);
        Application first = running("first");
        Application second = queued("second");

        assertThat(second.record().phase()).isEqualTo(Phase.QUEUED);
        assertThat(SparkApplicationRun.of(second.record()).getState()).isEqualTo("queued");
        assertThat(SparkApplicationRun.of(second.record()).getQueue().getPosition())
                .isEqualTo(1);
        assertThat(SparkApplicationRun.of(second.record()).getQueue().getReason())
                .contains("1 of at most 1", "(maxApplications)");
        assertThat(second.lifecycle.status()).startsWith("queued at position 1");
        assertThat(controller.drivers()).hasSize(1);
        assertThat(controller.log())
                .contains(
                        "[second] [spark] queued at position 1: 1 of at most 1 applications run on the Spark cluster test (maxApplications)");

        first.driverEnds();
        second.awaitDriver().driverEnds();

        SparkQueue queue = SparkApplicationRun.of(second.end.join()).getQueue();
        assertThat(queue.getMillis()).isPositive();
        assertThat(queue.getPosition()).isNull();
        assertThat(controller.log()).contains("[second] [spark] left the queue of the Spark cluster test after ");
        assertThat(SparkApplicationRun.of(first.end.join()).getQueue()).isNull();
    }

    @Test
    void waitsForItsOwnJobThoughTheClusterHasRoom() {
        controller.limit(10);
        controller.limitOfJobs(1);
        String reason = "1 of at most 1 applications of the job "
                + controller.run.getParent().getFullName() + " run on the Spark cluster test (maxApplicationsPerJob)";
        Application first = running("first");
        Application second = queued("second");
        Application third = queued("third");

        assertThat(SparkApplicationRun.of(third.record()).getQueue().getPosition())
                .isEqualTo(2);
        assertThat(SparkApplicationRun.of(third.record()).getQueue().getReason())
                .isEqualTo(reason);
        assertThat(third.lifecycle.status()).startsWith("queued at position 2").contains(reason);
        assertThat(controller.drivers()).hasSize(1);
        assertThat(controller.log()).contains("[third] [spark] queued at position 2: " + reason);

        controller.limitOfJobs(2);
        second.awaitDriver();
        assertThat(third.record().phase()).isEqualTo(Phase.QUEUED);

        first.driverEnds();
        third.awaitDriver();
        assertThat(controller.log()).contains("[third] [spark] left the queue of the Spark cluster test after ");
    }

    @Test
    void holdsNoThreadAndHasNothingOnTheCluster() {
        controller.limit(0);
        Application application = queued("only");

        await().until(() -> controller.context().threads().isCleanedUp());
        assertThat(controller.server.requests()).isEmpty();
        assertThat(application.end).isNotDone();
    }

    @Test
    void aChangedLimitHasAnEffectAtOnce() {
        controller.limit(0);
        Application application = queued("only");

        controller.limit(1);

        application.awaitDriver().driverEnds();
        assertThat(SparkApplicationRun.of(application.end.join()).isSuccess()).isTrue();
    }

    @Test
    void countsThoseThatNoBuildWaitsFor() {
        controller.limit(1);
        SparkK8sSubmitStep step = named("first");
        step.setWaitForCompletion(false);
        Application first = controller.application(step, "first").start();
        first.end.join();
        Application second = queued("second");

        first.driverEnds();

        second.awaitDriver();
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void anAbortedOneLeavesTheQueue(Limit limit) {
        limit.set(controller, 1);
        Application first = running("first");
        Application second = queued("second");
        Application third = queued("third");

        second.lifecycle.abort(new InterruptedException("aborted by a user"));

        assertThat(failure(second)).hasMessage("aborted by a user");
        assertThat(SparkApplicationRun.of(second.record()).getResult()).isEqualTo("ABORTED");
        assertThat(controller.openApplications()).doesNotContain("second");
        await().until(() -> third.record().queuePlace().position() == 1);
        first.driverEnds();
        third.awaitDriver();
    }

    @Test
    void aBuildThatEndsTakesItsApplicationFromTheQueue() {
        controller.limit(0);
        Application application = queued("only");

        controller.endBuild();

        await().until(() -> application.record().hasEnded());
        // It leaves when its end has been written down.
        await().until(() -> controller.context().queue().counts().queued() == 0);
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void itsTimeoutsDoNotCountWhileItIsQueued(Limit limit) {
        limit.set(controller, 1);
        running("first");
        SparkK8sSubmitStep step = named("second");
        step.setTimeout("1ms");
        step.setStartTimeout("1ms");
        Application application = queued(step, "second");

        awaitTimer();
        assertThat(application.end).isNotDone();
        assertThat(application.record().phase()).isEqualTo(Phase.QUEUED);
        limit.set(controller, 2);

        assertThat(failure(application)).hasMessageContaining("1ms");
    }

    /** All that was due before has run. */
    private void awaitTimer() {
        CompletableFuture<Void> due = new CompletableFuture<>();
        controller.context().threads().later(() -> due.complete(null), Duration.ofMillis(2));
        due.join();
    }

    @Test
    void itsTimeoutBeginsWhenItHasLeftTheQueue() {
        ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC());
        ApplicationRecord record = SparkApplicationsAction.of(controller.run)
                .begin("id", "test", identity, Instant.now().minus(Duration.ofHours(1)));
        record.queued();
        record.leftQueue(Duration.ofMinutes(59));

        assertThat(Duration.between(record.beginning(), Instant.now())).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void oneWhoseClusterIsDeletedFails() {
        controller.limit(0);
        Application application = queued("only");

        controller.changeCluster("renamed", null);

        assertThat(failure(application)).hasMessageContaining("There is no Spark cluster test that this job may use.");
        assertThat(application.record().hasEnded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void keepsItsPlaceOverARestart(Limit limit) {
        limit.set(controller, 1);
        Application first = running("first");
        Application second = queued("second");
        Application third = queued("third");

        controller.restart();
        third.resume();
        await().until(() -> isQueued(third));
        assertThat(third.record().queuePlace().position()).isEqualTo(2);
        first.resume();
        controller.awaitLog("resuming application");
        first.driverEnds();
        first.end.join();
        assertThat(third.record().phase()).isEqualTo(Phase.QUEUED);
        second.resume();

        second.awaitDriver().driverEnds();
        second.end.join();
        third.awaitDriver().driverEnds();
        assertThat(SparkApplicationRun.of(third.end.join()).isSuccess()).isTrue();
    }

    /** It is killed after it has noted that the application may run, and before its record says so. */
    @Test
    void runsAfterACrashWhileItWasLeavingTheQueue() throws Exception {
        controller.limit(0);
        Application application = queued("only");
        controller.restart();
        controller.context().open().put(controller.run, application.record());

        application.resume();

        application.awaitDriver().driverEnds();
        assertThat(SparkApplicationRun.of(application.end.join()).isSuccess()).isTrue();
    }

    /** A freestyle build, as it ends with the controller. */
    @Test
    void oneWithoutABuildIsDiscardedAfterARestart() {
        controller.limit(0);
        Application application = queued("only");
        controller.restart();

        controller.runtime().unattended().attend(controller.run, application.record());

        await().until(() -> application.record().hasEnded());
        assertThat(SparkApplicationRun.of(application.record()).getResult()).isEqualTo("NOT_SUBMITTED");
        assertThat(controller.context().queue().counts().queued()).isZero();
        assertThat(controller.openApplications()).isEmpty();
    }

    @Test
    void oneThatCannotBeSubmittedMakesRoomForTheNext() {
        controller.limit(1);
        Application first = running("first");
        SparkK8sSubmitStep wrong = named("second");
        wrong.setConf("spark.executor.instances=many");
        Application second = queued(wrong, "second");
        Application third = queued("third");

        first.driverEnds();

        assertThat(failure(second)).hasMessageContaining("spark.executor.instances");
        third.awaitDriver();
    }

    @Test
    void hundredsWaitWithoutThreadsAndRunInOrder() {
        controller.limit(0);
        List<Application> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(controller.application(named("app" + i), "id" + i).start());
        }
        await().ignoreException(NoSuchElementException.class)
                .until(() -> all.stream().allMatch(this::isQueued));
        Set<Integer> positions = new HashSet<>();
        all.forEach(one -> positions.add(one.record().queuePlace().position()));
        assertThat(positions).hasSize(300);

        Application head = all.stream()
                .filter(one -> one.record().queuePlace().position() == 1)
                .findFirst()
                .orElseThrow();
        controller.limit(1);
        head.awaitDriver();
        assertThat(controller.drivers()).hasSize(1);

        assertThat(all.stream().filter(one -> one.record().isQueued())).hasSize(299);
    }
}
