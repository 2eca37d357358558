package io.jenkins.plugins.sparkk8s.jenkins.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.ApplicationIndex;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleCase;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.EndedBuilds;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.wait.OtherBuild.Waiting;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.Authentication;

/** Builds that wait for applications which another step, or another build, has submitted. */
class ApplicationWaitTest extends LifecycleCase {
    private static final Authentication USER = new Authentication() {};

    @TempDir
    Path folders;

    private OtherBuild other;

    @BeforeEach
    void createBuild() {
        controller.items.put("job", controller.run.job);
        other = build("job");
    }

    private OtherBuild build(String job) {
        return OtherBuild.of(controller, job, folders.resolve(job));
    }

    /** An application that its own build does not wait for, and that runs. */
    private ApplicationRecord deploy() {
        SparkK8sSubmitStep step = step();
        step.setWaitForCompletion(false);
        ApplicationRecord record = controller.application(step).start().end.join();
        controller.driverRuns();
        return record;
    }

    private static String id(ApplicationRecord record) {
        return record.identity().applicationId();
    }

    private static Throwable failure(CompletableFuture<?> end) {
        try {
            end.join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("it succeeded");
    }

    private void awaitWatched(OtherBuild build) {
        await().until(() -> build.log().contains("] ") && build.log().contains(" Running"));
    }

    private static ACL allowing(Permission... permissions) {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication authentication, Permission permission) {
                return authentication == USER && Set.of(permissions).contains(permission);
            }
        };
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark-00000000000000000000000000000000",
                "spark-%00",
                "../../secrets",
                "spark-0000\u001b[31m\r\n[spark] forged",
                "x"
            })
    void whatIsNoApplicationOfThisJenkinsIsUnknown(String id) {
        Waiting waiting = other.waitFor(id);

        assertThat(failure(waiting.end))
                .hasMessageStartingWith("Jenkins has no application '")
                .hasMessageContaining("Check the id")
                .message()
                .hasSizeLessThan(700)
                .doesNotContain("\n", "\r", "\u001b");
    }

    /** Whether it exists is not to be learned from the answer. */
    @Test
    void anApplicationOfAnotherJobIsAsUnknownAsOneThatDoesNotExist() {
        ApplicationRecord record = deploy();
        controller.run.job.acl = allowing(Item.READ);
        String none = "spark-00000000000000000000000000000000";

        for (OtherBuild build :
                new OtherBuild[] {build("foreign"), build("foreign").as(new Authentication() {})}) {
            String refused = failure(build.waitFor(id(record)).end).getMessage();
            assertThat(refused)
                    .isEqualTo(failure(build.waitFor(none).end).getMessage().replace(none, id(record)));
            assertThat(build.log()).isEmpty();
            assertThat(build.boxes()).isEmpty();
        }
        assertThat(failure(build("foreign").as(USER).waitFor(new WaitArguments(id(record), null, null, true)).end))
                .hasMessageContaining("may stop");
    }

    @Test
    void refusesNoIdWithTheRemedy() {
        assertThat(failure(other.waitFor((String) null).end)).hasMessageContaining("application is missing");
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

    @Test
    void entriesOfEndedApplicationsFollowMovesAndGoAfterAWeek() throws Exception {
        ApplicationRecord record = deploy();
        controller.driverEnds(0);
        await().until(record::isDone);
        Path file = home.resolve("spark-ended-applications").resolve(id(record) + ".xml");
        await().until(() -> Files.exists(file));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("job#1");

        controller.runtime().onLocationChanged(null, "job", "folder/moved");

        assertThat(controller.context().index().builds(id(record))).containsExactly("folder/moved#1");
        Clock nextWeek = Clock.offset(Clock.systemUTC(), ApplicationIndex.KEPT.plusHours(1));
        new ApplicationIndex(controller.context().open(), nextWeek).removeDue();
        assertThat(file).doesNotExist();
    }

    /** The job is there, the build is not. */
    @Test
    void aMissingRecordIsReportedAtOnce() {
        ApplicationRecord record = deploy();
        controller.items.put("job", other.getParent());

        assertThatThrownBy(() -> other.waitFor(id(record)).end.join())
                .cause()
                .hasMessageContaining("the build job#1, which submitted it, was deleted");
    }
}
