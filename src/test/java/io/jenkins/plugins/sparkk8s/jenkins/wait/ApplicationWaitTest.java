package io.jenkins.plugins.sparkk8s.jenkins.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.EndedBuilds;
import io.jenkins.plugins.sparkk8s.jenkins.wait.OtherBuild.Waiting;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Builds that wait for applications which another step, or another build, has submitted. */
class ApplicationWaitTest extends OtherBuildCase {
    @Test
    void showsTheApplicationAndItsResultAsIfTheBuildHadSubmittedIt() {
        ApplicationRecord record = deploy();

        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);
        assertThat(other.boxes()).hasSize(1).allSatisfy(box -> {
            assertThat(box.getState()).isEqualTo("running");
            assertThat(box.getDriverState()).contains("Running");
            assertThat(box.getSubmittedBy()).isEqualTo("#1");
        });
        controller.driverEnds(0);

        SparkApplicationRun run = SparkApplicationRun.of(waiting.end.join());
        assertThat(run.getApplicationId()).isEqualTo(id(record));
        assertThat(run.getResult()).isEqualTo("SUCCEEDED");
        assertThat(run.getExitCode()).isZero();
        assertThat(other.log())
                .contains(
                        "[spark] waiting for application " + id(record) + " of #1",
                        "[driver] ",
                        "result          SUCCEEDED",
                        "exit code       0");
        assertThat(other.boxes()).extracting(SparkApplicationRun::getResult).containsExactly("SUCCEEDED");
        assertThat(SparkApplicationRun.of(record).getResult()).isEqualTo("SUCCEEDED");
        await().until(() -> ClusterConnections.get().inUse() == 0);
        assertThat(folders.resolve("job").toFile().list((folder, name) -> name.endsWith(".checkpoint")))
                .isEmpty();
    }

    @Test
    void failsAsTheStepThatSubmittedItWouldHave() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);

        controller.driverEnds(3);

        assertThat(failure(waiting.end)).isInstanceOfSatisfying(SparkApplicationException.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.APPLICATION);
            assertThat(problem).hasMessage(SparkApplicationRun.of(record).getReason());
        });
        assertThat(other.boxes().get(0).getExitCode()).isEqualTo(3);
    }

    @Test
    void severalBuildsWaitForTheSameApplication() {
        ApplicationRecord record = deploy();
        OtherBuild second = build("job-2").as(USER);
        controller.run.job.acl = allowing(Item.READ);
        Waiting one = other.waitFor(id(record));
        Waiting two = second.waitFor(id(record));
        awaitWatched(other);
        awaitWatched(second);

        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(one.end.join()).isSuccess()).isTrue();
        assertThat(SparkApplicationRun.of(two.end.join()).isSuccess()).isTrue();
        await().until(() -> controller.context().owners().lifecycles().isEmpty());
        assertThat(controller.context().followers().count()).isZero();
        assertThat(second.log()).contains("result          SUCCEEDED");
    }

    @Test
    void waitsForAnApplicationThatAnotherBuildWaitsFor() {
        Application application = controller.application(step()).start().awaitDriver();
        controller.driverRuns();

        Waiting waiting = other.waitFor(id(application.record()));
        awaitWatched(other);
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(waiting.end.join()).isSuccess()).isTrue();
        assertThat(SparkApplicationRun.of(application.end.join()).isSuccess()).isTrue();
    }

    @Test
    void waitsForAnApplicationThatIsBeingSubmitted() {
        controller.server.faults().delay(1, RequestMatch.of("create", "pods"), Duration.ofSeconds(2));
        Application application = controller.application(step()).start();
        await().until(() -> controller.context().open().all().size() == 1);

        Waiting waiting = other.waitFor(id(application.record()));
        controller.driverRuns();
        awaitWatched(other);
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(waiting.end.join()).isSuccess()).isTrue();
    }

    @Test
    void answersAtOnceFromTheRecordOfAnApplicationThatHasEnded() {
        ApplicationRecord record = deploy();
        controller.driverEnds(4);
        await().until(record::isDone);
        controller.client.pods().inNamespace("default").withGracePeriod(0).delete();
        controller.server.clearRequests();

        Waiting waiting = other.waitFor(id(record));

        assertThat(failure(waiting.end))
                .hasMessage(SparkApplicationRun.of(record).getReason());
        assertThat(other.boxes()).extracting(SparkApplicationRun::getExitCode).containsExactly(4);
        assertThat(controller.server.requests()).isEmpty();
    }

    @Test
    void oneBoxShowsAnApplicationThatALaterStepOfItsBuildWaitsFor() {
        ApplicationRecord record = deploy();
        OtherBuild later = OtherBuild.sameAs(controller);

        Waiting waiting = later.waitFor(id(record));
        awaitWatched(later);
        assertThat(later.boxes()).extracting(SparkApplicationRun::getState).containsExactly("running");
        controller.driverEnds(0);

        waiting.end.join();
        assertThat(later.boxes()).extracting(SparkApplicationRun::getResult).containsExactly("SUCCEEDED");
        assertThat(later.log()).contains("result          SUCCEEDED").doesNotContain("[com.acme");
    }

    @Test
    void anAbortLeavesTheApplicationRunning() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);
        Exception cause = new Exception("enough");

        waiting.wait.abort(cause);

        assertThat(failure(waiting.end)).isSameAs(cause);
        assertThat(other.log()).contains("no longer waiting for application " + id(record) + ", which keeps running");
        assertThat(controller.drivers().get(0).getMetadata().getDeletionTimestamp())
                .isNull();
        controller.driverEnds(0);
        await().until(record::isDone);
    }

    @Test
    void anAbortStopsTheApplicationWhenTheStepSaysSo() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(new WaitArguments(id(record), null, null, true));
        awaitWatched(other);

        waiting.wait.abort(new Exception("enough"));

        assertThat(failure(waiting.end)).hasMessage("enough");
        await().until(record::isDone);
        assertThat(SparkApplicationRun.of(record).getReason())
                .isEqualTo("The application was stopped by sparkK8sWait of job #2.");
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    }

    @Test
    void theTimeoutEndsTheWaitAndNotTheApplication() {
        ApplicationRecord record = deploy();

        Waiting waiting = other.waitFor(OtherBuild.timeout(id(record), Duration.ofSeconds(1), false));

        assertThat(failure(waiting.end))
                .hasMessage(
                        "Application %s did not end within the timeout of 1s that sparkK8sWait waits. It keeps"
                                + " running.",
                        id(record));
        assertThat(record.hasEnded()).isFalse();
    }

    @Test
    void endsWithItsBuild() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);

        new EndedBuilds().onFinalized(other);

        assertThat(failure(waiting.end)).hasMessage("The build ended before the application.");
        assertThat(record.hasEnded()).isFalse();
        await().until(() -> ClusterConnections.get().inUse() == 1);
    }
}
