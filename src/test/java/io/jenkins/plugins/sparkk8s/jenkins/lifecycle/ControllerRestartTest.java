package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.EnvVars;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkRuntime;
import io.jenkins.plugins.sparkk8s.jenkins.step.FreestyleSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.submission.EarlierDriver;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a build's application when the controller restarts. */
class ControllerRestartTest extends LifecycleCase {
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
        assertThat(earlier.context().threads().shutdown(Duration.ofMinutes(1))).isTrue();
        assertThat(controller.drivers()).isEmpty();

        application.resume();
        controller.driverRuns();
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(application.end.join()).getResult()).isEqualTo("SUCCEEDED");
    }

    @Test
    void theNextControllerMakesTheDriverTheOwnerOfTheRest() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.disownConfigMaps();
        ApplicationRecord interrupted = application.interruptedRecord();

        new EarlierDriver(interrupted, controller.context().clusters().open(interrupted, controller.run)).complete();

        assertThat(controller.configMapsOfDrivers())
                .singleElement()
                .satisfies(map ->
                        assertThat(map.getMetadata().getOwnerReferences()).hasSize(1));
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

        assertThat(SparkApplicationRun.of(application.end.join()).getResult()).isEqualTo("SUCCEEDED");
        assertThat(controller.drivers()).hasSize(1);
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
    void resumesAfterARestartThoughTheClusterIsNowForOtherJobs() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.changeCluster("test", "elsewhere");

        controller.restart();
        application.resume();
        controller.awaitLog("the controller has restarted");
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(application.end.join()).getResult()).isEqualTo("SUCCEEDED");
    }

    @Test
    void losesNoApplicationWhoseClusterCannotBeUsedAfterARestart() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        ApplicationRecord record = application.record();
        controller.changeCluster("renamed", null);

        new ApplicationEnd(record, controller.run, line -> {}, controller.context())
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
    void isFoundAfterACrashThoughItsJobWasMoved() throws Exception {
        controller.application(step()).start();
        controller.driverRuns();

        controller.runtime().onLocationChanged(null, "job", "folder/job");

        assertThat(controller.openApplications()).contains("folder/job#");
    }
}
