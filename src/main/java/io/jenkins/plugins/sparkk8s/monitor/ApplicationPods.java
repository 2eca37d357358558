package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverPodMonitor;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPods;
import io.jenkins.plugins.sparkk8s.monitor.log.DriverLogFollower;
import io.jenkins.plugins.sparkk8s.monitor.pods.ApiReachability;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodSubscriber;
import io.jenkins.plugins.sparkk8s.monitor.progress.ProgressMonitor;
import java.util.List;

/** Hands the pods of an application to the parts that monitor them, and reports how the requests for pods fare. */
final class ApplicationPods implements PodSubscriber {
    private final MonitorContext context;
    private final DriverPodMonitor driver;
    private final ExecutorPods executors;
    private final DriverLogFollower log;
    private final ProgressMonitor progress;
    private final ApiReachability reachability;

    /**
     * @param log is not read while the API server does not answer
     * @param progress as the log
     */
    ApplicationPods(
            MonitorContext context,
            DriverPodMonitor driver,
            ExecutorPods executors,
            DriverLogFollower log,
            ProgressMonitor progress) {
        this.context = context;
        this.driver = driver;
        this.executors = executors;
        this.log = log;
        this.progress = progress;
        this.reachability = new ApiReachability(context.lines(), context.clock());
    }

    /** Executors first: what a list shows of them came before the driver's end that it may show, too. */
    @Override
    public void listed(List<Pod> all, String version) {
        executors.listed(all, version);
        driver.listed(all, version);
    }

    @Override
    public void changed(Pod pod) {
        if (driver.isDriver(pod)) {
            driver.changed(pod);
        } else if (ExecutorPods.isExecutor(pod)) {
            executors.changed(pod);
        }
    }

    @Override
    public void deleted(Pod pod) {
        if (driver.isDriver(pod)) {
            driver.deleted(pod);
        } else if (ExecutorPods.isExecutor(pod)) {
            executors.deleted(pod);
        }
    }

    /** A refusal is an answer, too: the log may be readable. */
    @Override
    public void failed(RuntimeException cause) {
        resume();
        report(cause);
    }

    @Override
    public void unreachable(RuntimeException cause) {
        log.pause();
        progress.pause();
        report(cause);
    }

    private void resume() {
        log.resume();
        progress.resume();
    }

    private void report(RuntimeException cause) {
        if (!driver.hasEnded()) {
            reachability.failed(cause);
        }
    }

    @Override
    public void answered() {
        resume();
        if (!driver.hasEnded()) {
            reachability.answered();
        }
    }

    @Override
    public void watchRefused(RuntimeException cause) {
        if (!driver.hasEnded()) {
            context.lines()
                    .spark(
                            "WARNING: the API server refuses to watch pods (%s). They are listed instead, so that lines come later and short-lived executors may be missing. Give the user a Role in namespace %s that allows the verb watch on pods."
                                    .formatted(
                                            ApiFailure.describe(cause),
                                            context.application().namespace()));
        }
    }
}
