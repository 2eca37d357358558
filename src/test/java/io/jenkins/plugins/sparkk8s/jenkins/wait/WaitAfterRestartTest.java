package io.jenkins.plugins.sparkk8s.jenkins.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.wait.OtherBuild.Waiting;
import org.junit.jupiter.api.Test;

/** A wait continues where it was when the controller has restarted. */
class WaitAfterRestartTest extends OtherBuildCase {
    @Test
    void continuesAfterARestartWithoutALostOrRepeatedLine() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);
        controller.restart();
        waiting.resume();
        await().until(() -> other.log().contains("the controller has restarted"));
        controller.lookForApplications();

        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(waiting.end.join()).isSuccess()).isTrue();
        assertThat(other.log().lines().filter(line -> line.contains("[driver] Running (")))
                .hasSize(1);
        assertThat(other.log()).contains("result          SUCCEEDED");
    }

    @Test
    void seesAnEndThatCameWhileNoControllerRan() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);
        controller.restart();
        controller.driverEnds(5);

        waiting.resume();
        controller.lookForApplications();

        assertThat(failure(waiting.end)).hasMessageContaining("exit code 5");
    }

    /** Its own step has returned, so that only the search gives it an owner. */
    @Test
    void anApplicationWhoseBuildStillRunsGetsAnOwnerAfterARestart() {
        ApplicationRecord record = deploy();
        controller.restart();
        controller.lookForApplications();

        assertThat(controller.context().owners().isOwned(record.id())).isTrue();
        assertThat(controller.run.isBuilding()).isTrue();
    }

    /** The submission's step resumes after the search has given the record an owner. */
    @Test
    void aStepThatNeedNotWaitDoesNotWaitForAnOwner() {
        SparkK8sSubmitStep step = step();
        step.setWaitForCompletion(false);
        Application application = controller.application(step).start();
        application.end.join();
        controller.driverRuns();
        controller.restart();
        controller.lookForApplications();

        application.resume();

        assertThat(SparkApplicationRun.of(application.end.join()).getState()).isEqualTo("deployed");
    }

    @Test
    void aWaitThatEndedInTheVeryMomentOfACrashReportsItsResult() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);
        controller.driverEnds(0);
        waiting.end.join();
        String log = other.log();
        controller.restart();
        controller.items.clear();

        waiting.resume();

        assertThat(SparkApplicationRun.of(waiting.end.join()).isSuccess()).isTrue();
        assertThat(other.log()).isEqualTo(log);
    }

    @Test
    void saysThatTheBuildWithTheRecordWasDeleted() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);
        controller.restart();
        controller.items.clear();

        waiting.resume();

        assertThat(failure(waiting.end)).isInstanceOfSatisfying(SparkApplicationException.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN);
            assertThat(problem).hasMessageContaining("was deleted").hasMessageContaining("kubectl get pods");
        });
    }

    @Test
    void waitsForTheResultThoughTheApplicationCannotBeShown() {
        ApplicationRecord record = deploy();
        controller.restart();
        controller.lookForApplications();
        controller.changeCluster("renamed", null);

        Waiting waiting = other.waitFor(id(record));
        await().until(() -> other.log().contains("cannot be shown"));
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(waiting.end.join()).isSuccess()).isTrue();
        assertThat(other.log().lines().filter(line -> line.contains("cannot be shown")))
                .hasSize(1);
        assertThat(other.log()).contains(": SUCCEEDED after ");
    }
}
