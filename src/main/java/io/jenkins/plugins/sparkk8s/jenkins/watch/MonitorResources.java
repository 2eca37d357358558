package io.jenkins.plugins.sparkk8s.jenkins.watch;

import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitorBuilder;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.log.LogRequests;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import io.jenkins.plugins.sparkk8s.monitor.progress.UiRequests;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all watches of this controller share: threads, one watch for all applications of a cluster's namespace, and bounds for what is
 * asked of a cluster's drivers at a time.
 */
public final class MonitorResources {
    private final LifecycleThreads threads;
    private final ScheduledExecutorService monitors = MonitorScheduler.create(
            MonitorScheduler.DEFAULT_THREADS, LifecycleThreads.factory("spark-application-monitor"));
    private final PodWatchHub podWatches = new PodWatchHub(monitors);
    private final LogRequests logRequests = new LogRequests();
    private final UiRequests uiRequests = new UiRequests();
    private final EventLogs eventLogs;

    /** @param threads for what waits for a disk or a file system */
    public MonitorResources(LifecycleThreads threads) {
        this.threads = threads;
        this.eventLogs = new EventLogs(threads, Clock.systemUTC());
    }

    /** For watching; nothing here may wait. */
    public ScheduledExecutorService monitors() {
        return monitors;
    }

    LifecycleThreads threads() {
        return threads;
    }

    /** The monitor of an application uses what all share. */
    void addTo(ApplicationMonitorBuilder monitor, ApplicationRecord record, SparkCluster cluster) {
        monitor.scheduler(monitors)
                .hub(podWatches)
                .logRequests(logRequests)
                .uiRequests(uiRequests)
                .eventLog(eventLogs.of(record, cluster));
    }

    /** Watches nothing any more. */
    public void shutdown() {
        monitors.shutdownNow();
    }
}
