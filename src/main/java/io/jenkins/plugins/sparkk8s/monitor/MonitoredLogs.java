package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverContainer;
import io.jenkins.plugins.sparkk8s.monitor.executors.FailedExecutorLogs;
import io.jenkins.plugins.sparkk8s.monitor.log.DriverLogFollower;
import io.jenkins.plugins.sparkk8s.monitor.log.LogDestinations;
import io.jenkins.plugins.sparkk8s.monitor.log.PodLogSource;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;

/**
 * The logs of an application's containers, as far as they are shown or kept.
 *
 * @param source of the driver pod
 * @param ofExecutors those that fail
 * @param driver follows the driver's log
 * @param readsDriver whether that is to be done at all
 */
record MonitoredLogs(
        PodLogSource source, FailedExecutorLogs ofExecutors, DriverLogFollower driver, boolean readsDriver) {

    /**
     * @param shown how far the driver's log has been shown
     * @param observer as {@link LogDestinations#observer}
     */
    static MonitoredLogs of(
            ApplicationMonitorBuilder builder,
            MonitorContext context,
            LogCursor shown,
            LogDestinations.Observer observer) {
        PodLogSource source = new PodLogSource(
                builder.once,
                builder.application.namespace(),
                builder.application.driverPodName(),
                builder.logRequests);
        LogDestinations destinations = new LogDestinations(builder.logMode, shown, builder.logFiles, observer);
        return new MonitoredLogs(
                source,
                new FailedExecutorLogs(context, source, builder.logFiles, builder.readLogs),
                new DriverLogFollower(source, context, builder.scheduler, destinations),
                destinations.areAny());
    }

    /** @param pod of the driver, whose container runs or has run */
    void start(DriverContainer container, Pod pod) {
        if (readsDriver) {
            driver.start(container.nameIn(pod));
            driver.changed(pod.getMetadata().getResourceVersion());
        }
    }
}
