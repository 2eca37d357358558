package io.jenkins.plugins.sparkk8s.monitor.progress;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Has the monitor of a driver whose REST API answers what a test says, in virtual time. */
abstract class ProgressMonitorCase {
    static final Duration MINUTE = Duration.ofMinutes(1);

    final VirtualTime time = new VirtualTime();
    final List<String> lines = new ArrayList<>();
    final FakeUi ui = new FakeUi();

    final ProgressMonitor monitor(DriverUi where, SecretMask mask) {
        MonitorContext context = new MonitorContext(
                new MonitoredApplication("ns", "spark-1", "app", "app-driver", null),
                new Mailbox(time, time),
                new EventLines(lines::add, mask, time.clock()),
                time.clock(),
                MonitorTimings.ordinary());
        return new ProgressMonitor(context, where, ui, ProgressMonitor.Reported.NOTHING);
    }

    final ProgressMonitor running() {
        ProgressMonitor monitor = monitor(new DriverUi(4040, true, true), SecretMask.none());
        monitor.driverRuns();
        return monitor;
    }
}
