package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.FilePath;
import io.jenkins.plugins.sparkk8s.jenkins.AgentComputer;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An agent or a cluster that does not answer costs its own applications only. */
class ApplicationIsolationTest extends LifecycleCase {
    /** What an abort may take to reach the cluster, whatever else happens. */
    private static final Duration ABORT = Duration.ofSeconds(5);

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();

    @AfterEach
    @Override
    public void stop() throws IOException {
        release.countDown();
        super.stop();
    }

    private static SparkK8sSubmitStep step(String cluster) {
        SparkK8sSubmitStep step = step();
        step.setCluster(cluster);
        return step;
    }

    private Application running(String id) {
        return controller.application(step("test"), id).start().awaitDriver();
    }

    /** A workspace on a node that does not answer until the test ends. */
    private FilePath hungWorkspace(String node) {
        return new FilePath(home.toFile(), new AgentComputer(node), () -> {
            hanging.incrementAndGet();
            release.await();
        });
    }

    private List<Application> start(int count, String cluster) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        controller.application(step(cluster), cluster + "-" + i).start())
                .toList();
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }

    @Test
    void hungStagingsDelayNeitherAnEndNorAnAbortNorAnotherAgent() {
        Application ending = running("ending");
        Application aborted = running("aborted");
        controller.workspace(hungWorkspace("agent"));
        List<Application> stuck = start(20, "test");
        await().until(() -> hanging.get() == 16);

        ending.driverEnds();
        aborted.lifecycle.abort(new Exception("enough"));
        await().atMost(ABORT).until(aborted::isStopped);
        assertThat(SparkApplicationRun.of(ending.end.join()).getResult()).isEqualTo("SUCCEEDED");

        controller.workspace(null);
        running("elsewhere");
        assertThat(hanging).hasValue(16);
        assertThat(threads("spark-submission")).isLessThanOrEqualTo(18);
        stuck.forEach(application -> application.lifecycle.abort(new Exception("enough")));
        await().atMost(ABORT)
                .until(() -> stuck.stream().allMatch(application -> application.end.isCompletedExceptionally()));
    }

    @Test
    void hungStagingsOnTheBuiltInNodeDelayNoStepWithoutWorkspace() {
        controller.workspace(hungWorkspace(""));
        start(16, "test");
        await().until(() -> hanging.get() == 16);
        controller.workspace(null);

        running("outside");

        assertThat(hanging).hasValue(16);
    }

    @Test
    void anAbortDoesNotWaitForAStagingThatCannotBeInterrupted() {
        controller.workspace(new FilePath(home.toFile(), new AgentComputer("agent"), () -> {
            hanging.incrementAndGet();
            awaitRelease();
        }));
        List<Application> stuck = start(16, "test");
        await().until(() -> hanging.get() == 16);
        controller.workspace(null);
        Application running = running("running");

        stuck.forEach(application -> application.lifecycle.abort(new Exception("enough")));
        running.lifecycle.abort(new Exception("enough"));

        await().atMost(ABORT).until(running::isStopped);
    }

    /** As native code does. */
    private void awaitRelease() {
        boolean interrupted = false;
        while (release.getCount() > 0) {
            try {
                release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSilentClusterDelaysNothingOnAnother() {
        KubernetesApiServer silent = KubernetesApiServer.builder().start();
        try {
            controller.addCluster("silent", silent);
            List<Application> lost = start(20, "silent");
            lost.forEach(Application::awaitDriver);
            silent.faults().stall(100_000, RequestMatch.of("*", "*"));
            lost.forEach(application -> application.lifecycle.abort(new Exception("enough")));
            Application aborted = running("aborted");
            Application ending = running("ending");
            SparkK8sSubmitStep limited = step("test");
            limited.setTimeout("1s");
            Application late = controller.application(limited, "late").start();

            ending.driverEnds();
            aborted.lifecycle.abort(new Exception("enough"));

            assertThat(ending.end).succeedsWithin(ABORT);
            await().atMost(ABORT).until(aborted::isStopped);
            await().atMost(ABORT.plusSeconds(1)).until(() -> late.end.isCompletedExceptionally());
            assertThat(threads("spark-abort")).isLessThanOrEqualTo(18);
        } finally {
            silent.close();
        }
    }

    /** More of them than there are threads that pass timers on. */
    @Test
    void logsThatCannotBeWrittenDelayNoTimerAndNoEndOfOthers() {
        AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
        controller.logGate(gate);
        List<Application> stuck = start(5, "test");
        stuck.forEach(Application::awaitDriver);
        controller.logGate(new AtomicReference<>(new CountDownLatch(0)));
        Application ending = running("ending");
        gate.set(release);
        stuck.forEach(Application::driverEnds);
        await().until(() -> controller.stoppedWrites() >= stuck.size());

        ending.driverEnds();

        assertThat(ending.end).succeedsWithin(ABORT);
        assertThat(controller.context().monitors().monitors().submit(() -> true))
                .succeedsWithin(Duration.ofSeconds(1));
        release.countDown();
        assertThat(stuck).allSatisfy(application -> assertThat(application.end).succeedsWithin(Duration.ofSeconds(20)));
    }
}
