package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.EnvVars;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.step.FreestyleSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a build's application, on a real API server where the test plays the kubelet. */
class ApplicationLifecycleTest {
    @TempDir
    Path home;

    private TestController controller;

    @BeforeEach
    void start() {
        controller = new TestController(home);
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private static SparkK8sSubmitStep step() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setApplication("local:///opt/app.jar");
        step.setMainClass("com.acme.Report");
        step.setFollowDriverLog(false);
        return step;
    }

    private static Throwable failure(Application application) {
        try {
            application.end.join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("the application succeeded");
    }

    @Test
    void endsWithTheApplicationsSuccess() {
        Application application = controller.application(step()).start();

        controller.driverRuns();
        controller.driverEnds(0);

        assertThat(application.end.join().toRun().getResult()).isEqualTo("SUCCEEDED");
        assertThat(application.record().phase()).isEqualTo(Phase.ENDED);
        assertThat(controller.log())
                .contains("history server: https://history.example.com/history/"
                        + application.record().identity().applicationId());
    }

    @Test
    void distinguishesFailuresOfApplicationAndInfrastructure() {
        Application application = controller.application(step()).start();

        controller.driverRuns();
        controller.driverEnds(3);

        assertThat(failure(application))
                .isInstanceOfSatisfying(
                        SparkApplicationException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.APPLICATION))
                .hasMessage("The driver ended with exit code 3.");
        assertThat(application.record().toRun().getExitCode()).isEqualTo(3);
    }

    @Test
    void resumesWithTheSameDriverAfterARestart() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        String uid = controller.awaitDriver().getMetadata().getUid();

        controller.restart();
        application.resume();
        controller.awaitLog("the controller has restarted");
        controller.driverEnds(0);

        application.end.join();
        assertThat(controller.drivers())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(uid));
        assertThat(controller.log().lines().filter(line -> line.contains("[driver] ")))
                .filteredOn(line -> line.contains("Running"))
                .last()
                .asString()
                .startsWith("[driver] Running → Succeeded");
        assertThat(controller.log().lines()).doesNotHaveDuplicates();
    }

    /** It is killed after it has written lines, and before it has written down that it did. */
    @Test
    void repeatsNoLineOfAControllerThatWasKilled() throws IOException {
        Application application = controller.application(step()).start();
        controller.awaitLog("[driver] Pending");
        Path checkpoint = controller.checkpoints().get(0).toPath();
        byte[] before = Files.readAllBytes(checkpoint);
        controller.driverRuns();
        controller.awaitLog("→ Running");

        controller.restart();
        Files.write(checkpoint, before);
        application.resume();
        controller.awaitLog("the controller has restarted");
        controller.driverEnds(0);

        application.end.join();
        assertThat(controller.log().lines())
                .doesNotHaveDuplicates()
                .anyMatch(line -> line.startsWith("[driver] Running → Succeeded"));
    }

    @Test
    void leavesNoCheckpointBehind() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.driverEnds(0);

        application.end.join();

        assertThat(controller.checkpoints()).isEmpty();
    }

    @Test
    void aRestartInTheMiddleOfASubmissionUndoesNothing() {
        controller.server.faults().stall(1, RequestMatch.of("patch", "services"));
        Application application = controller.application(step()).start();
        String uid = controller.awaitDriver().getMetadata().getUid();

        controller.restart();
        controller.server.faults().clear();
        application.resume();
        controller.driverRuns();
        controller.driverEnds(0);

        application.end.join();
        assertThat(controller.drivers())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(uid));
    }

    /** Its record says that nothing exists yet: the next controller creates it. */
    @Test
    void aControllerThatShutsDownBeginsToCreateNothing() throws Exception {
        RequestMatch preflight = RequestMatch.of("create", "selfsubjectrulesreviews");
        controller.server.faults().stall(1, preflight);
        Application application = controller.application(step()).start();
        await().until(() -> controller.server.faults().pending() == 0);
        SparkRuntime earlier = controller.runtime();
        controller.restart();
        controller.server.faults().clear();
        assertThat(earlier.threads().shutdown(Duration.ofMinutes(1))).isTrue();
        assertThat(controller.drivers()).isEmpty();

        application.resume();
        controller.driverRuns();
        controller.driverEnds(0);

        assertThat(application.end.join().toRun().getResult()).isEqualTo("SUCCEEDED");
    }

    @Test
    void everyLineSaysWhichApplicationItBelongsToWhenTheBuildHasSeveral() {
        Application first = controller.application(named("first"), "1").start().awaitDriver();
        Application second =
                controller.application(named("second"), "2").start().awaitDriver();
        controller.awaitLog("[second] [submit] created");

        first.lifecycle.abort(new IllegalStateException("stop"));
        second.lifecycle.abort(new IllegalStateException("stop"));

        assertThat(failure(first)).hasMessage("stop");
        assertThat(failure(second)).hasMessage("stop");
        List<String> aborts = controller
                .log()
                .lines()
                .filter(line -> line.endsWith("[spark] aborted"))
                .toList();
        assertThat(aborts).containsExactlyInAnyOrder("[first] [spark] aborted", "[second] [spark] aborted");
        String afterTheFirst = controller.log().substring(controller.log().indexOf("[second] "));
        assertThat(afterTheFirst.lines()).allMatch(line -> line.startsWith("[first] ") || line.startsWith("[second] "));
    }

    private static SparkK8sSubmitStep named(String name) {
        SparkK8sSubmitStep step = step();
        step.setName(name);
        return step;
    }

    @Test
    void theNextControllerMakesTheDriverTheOwnerOfTheRest() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.disownConfigMaps();
        ApplicationRecord interrupted = application.interruptedRecord();

        new EarlierDriver(interrupted, controller.runtime().cluster(interrupted, controller.run)).complete();

        assertThat(controller.configMapsOfDrivers())
                .singleElement()
                .satisfies(map ->
                        assertThat(map.getMetadata().getOwnerReferences()).hasSize(1));
    }

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
    void recordsAnEndDuringTheRestart() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        controller.restart();
        controller.driverEnds(4);
        application.resume();

        assertThat(failure(application)).hasMessage("The driver ended with exit code 4.");
    }

    @Test
    void reportsAnEndThatWasNotReportedBeforeTheRestart() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.driverEnds(0);
        application.end.join();

        controller.restart();
        application.resume();

        assertThat(application.end.join().toRun().getResult()).isEqualTo("SUCCEEDED");
        assertThat(controller.drivers()).hasSize(1);
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
        assertThat(application.record().toRun().getResult()).isEqualTo("ABORTED");
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

        await().until(() -> "ABORTED".equals(application.record().toRun().getResult()));
        controller.runtime().unattended().attend(controller.run, application.record());
        await().until(() -> application.record().isDone());
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    }

    @Test
    void anAbortByTheShutdownLeavesTheApplicationAlone() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        controller.restart();
        application.lifecycle.abort(new InterruptedException());

        assertThat(controller.awaitDriver().getMetadata().getDeletionTimestamp())
                .isNull();
        assertThat(application.record().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aFreestyleBuildThatTheShutdownEndsLeavesTheApplicationAlone() throws Exception {
        CompletableFuture<String> log = new CompletableFuture<>();
        Thread executor = new Thread(() -> log.complete(interruptedFreestyleBuild()));
        executor.start();
        controller.driverRuns();

        controller.restart();
        executor.interrupt();

        assertThat(log.get(10, TimeUnit.SECONDS)).contains("the application keeps running");
        assertThat(controller.awaitDriver().getMetadata().getDeletionTimestamp())
                .isNull();
    }

    /** The log of a build that must be interrupted. */
    private String interruptedFreestyleBuild() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        try {
            new FreestyleSubmission(step()).run(controller.run, null, new EnvVars(), () -> stream);
        } catch (InterruptedException e) {
            return log.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
        return "not interrupted";
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
    void resumesAfterARestartThoughTheClusterIsNowForOtherJobs() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.changeCluster("test", "elsewhere");

        controller.restart();
        application.resume();
        controller.awaitLog("the controller has restarted");
        controller.driverEnds(0);

        assertThat(application.end.join().toRun().getResult()).isEqualTo("SUCCEEDED");
    }

    @Test
    void losesNoApplicationWhoseClusterCannotBeUsedAfterARestart() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        ApplicationRecord record = application.record();
        controller.changeCluster("renamed", null);

        new ApplicationEnd(record, controller.run, line -> {}, controller.runtime())
                .failed(null, "The cluster is not there.");

        assertThat(record.phase()).isEqualTo(Phase.RUNNING);
        assertThat(controller.openApplications()).contains(record.id());
    }

    @Test
    void waitsAfterARestartUntilTheClusterCanBeUsed() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.changeCluster("renamed", null);

        controller.restart();
        application.resume();

        controller.awaitLog("[spark] retrying for five minutes: The Spark cluster test");
        assertThat(application.end).isNotDone();
        assertThat(application.record().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void endsWithABuildThatDoesNotWaitForIt() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        controller.endBuild();

        await().until(() -> application.record().isDone());
        assertThat(application.record().toRun().getResult()).isEqualTo("ABORTED");
        assertThat(controller.drivers()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
        assertThat(application.end).isNotDone();
    }

    @Test
    void isFoundAfterACrashThoughItsJobWasMoved() throws Exception {
        controller.application(step()).start();
        controller.driverRuns();

        controller.runtime().onLocationChanged(null, "job", "folder/job");

        assertThat(controller.openApplications()).contains("folder/job#");
    }

    @Test
    void leavesNothingWhenTheClusterRefuses() {
        controller.server.faults().answer(1, RequestMatch.of("create", "pods"), 422);
        Application application = controller.application(step()).start();

        assertThat(failure(application))
                .isInstanceOfSatisfying(
                        SparkApplicationException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION));
        assertThat(controller.drivers()).isEmpty();
        assertThat(controller.configMapsOfDrivers()).isEmpty();
        assertThat(application.record().toRun().getResult()).isEqualTo("NOT_SUBMITTED");
    }

    @Test
    void hasItsNameThoughItWasRefusedBeforeItsSubmission() {
        SparkK8sSubmitStep step = step();
        step.setName("daily report");
        step.setDriverPodTemplate("no/such.yaml");
        Application application = controller.application(step).start();

        failure(application);

        assertThat(application.record().toRun().getName()).isEqualTo("daily report");
    }

    @Test
    void doesNotWaitWhenConfiguredSoAndStillRecordsTheEnd() {
        SparkK8sSubmitStep step = step();
        step.setWaitForCompletion(false);
        Application application = controller.application(step).start();

        assertThat(application.end.join().phase()).isEqualTo(Phase.DEPLOYED);
        controller.driverRuns();
        controller.driverEnds(5);

        await().until(() -> application.record().phase() == Phase.ENDED);
        assertThat(application.record().toRun().getExitCode()).isEqualTo(5);
    }

    @Test
    void refusesASecondApplicationOfTheSameNameWhenForbidden() {
        SparkK8sSubmitStep step = step();
        step.setWhenRunning("forbid");
        step.setWaitForCompletion(false);
        controller.application(step).start().end.join();
        controller.driverRuns();

        FreestyleFailure second = FreestyleFailure.of(controller, step);

        assertThat(second.message()).contains("whenRunning is 'forbid'");
        assertThat(controller.drivers()).hasSize(1);
    }

    @Test
    void replacesTheOneThatStillRuns() {
        SparkK8sSubmitStep step = step();
        step.setWhenRunning("replace");
        step.setWaitForCompletion(false);
        controller.application(step).start().end.join();
        controller.driverRuns();
        Pod first = controller.awaitDriver();

        controller.application(step, "second").start().end.join();

        assertThat(controller.log())
                .contains("[spark] stopping the driver " + first.getMetadata().getName());
        assertThat(controller.drivers())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid())
                        .isNotEqualTo(first.getMetadata().getUid()));
    }

    @Test
    void applicationsThatMayRunBesideEachOtherDoNotWaitForEachOther() {
        controller.server.faults().stall(1, RequestMatch.of("create", "pods"));
        controller.application(step()).start();
        await().until(() -> controller.server.faults().pending() == 0);

        controller.application(step(), "second").start();

        controller.awaitDriver();
    }

    @Test
    void stopsWhenTheTimeIsOver() {
        SparkK8sSubmitStep step = step();
        step.setTimeout("1ms");
        Application application = controller.application(step).start();

        assertThat(failure(application)).hasMessageContaining("did not end within the timeout of 1ms");
    }

    /** Another build step of the same build, which fails. */
    private record FreestyleFailure(String message) {
        static FreestyleFailure of(TestController controller, SparkK8sSubmitStep step) {
            try {
                new FreestyleSubmission(step).run(controller.run, null, new EnvVars(), () -> System.out);
            } catch (IOException | InterruptedException e) {
                return new FreestyleFailure(e.getMessage());
            }
            throw new AssertionError("the second one was submitted, too");
        }
    }
}
