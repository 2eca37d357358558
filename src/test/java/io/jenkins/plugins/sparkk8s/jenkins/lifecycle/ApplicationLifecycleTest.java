package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.EnvVars;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.step.FreestyleSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a build's application, from its request to its end. */
class ApplicationLifecycleTest extends LifecycleCase {
    @Test
    void endsWithTheApplicationsSuccess() {
        Application application = controller.application(step()).start();

        controller.driverRuns();
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(application.end.join()).getResult()).isEqualTo("SUCCEEDED");
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
        assertThat(SparkApplicationRun.of(application.record()).getExitCode()).isEqualTo(3);
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
        assertThat(SparkApplicationRun.of(application.record()).getResult()).isEqualTo("NOT_SUBMITTED");
    }

    @Test
    void hasItsNameThoughItWasRefusedBeforeItsSubmission() {
        SparkK8sSubmitStep step = step();
        step.setName("daily report");
        step.setDriverPodTemplate("no/such.yaml");
        Application application = controller.application(step).start();

        failure(application);

        assertThat(SparkApplicationRun.of(application.record()).getName()).isEqualTo("daily report");
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
        assertThat(SparkApplicationRun.of(application.record()).getExitCode()).isEqualTo(5);
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
