package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.driver.DriverPodMonitor;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Looks at what time alone decides about one application: often while a deadline of its driver may be near, else when a line is
 * due that says that it is still there. Used by tasks of the application's mailbox only; ends with it.
 */
final class ApplicationTicks {
    private final MonitorContext context;
    private final DriverPodMonitor driver;
    private final Instant start;
    private final Supplier<String> state;
    /** The next look if it is long from now; null while looks are frequent. */
    private Mailbox.Timer rare;

    /**
     * @param start of the monitoring
     * @param state in words, for the line
     */
    ApplicationTicks(MonitorContext context, DriverPodMonitor driver, Instant start, Supplier<String> state) {
        this.context = context;
        this.driver = driver;
        this.start = start;
        this.state = state;
    }

    void begin() {
        Duration often = context.timings().tick();
        boolean isRare = driver.isSettled();
        Mailbox.Timer next = context.mailbox().schedule(this::tick, isRare ? longer(often, untilHeartbeat()) : often);
        rare = isRare ? next : null;
    }

    /** A deadline of the driver has begun. */
    void often() {
        if (rare != null) {
            rare.cancel();
            begin();
        }
    }

    private Duration untilHeartbeat() {
        return context.timings().heartbeat().minus(context.lines().quietFor());
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private void tick() {
        begin();
        driver.tick();
        heartbeat();
    }

    private void heartbeat() {
        EventLines lines = context.lines();
        if (lines.quietFor().compareTo(context.timings().heartbeat()) >= 0) {
            Duration since = Duration.between(start, context.clock().instant());
            lines.spark("still there after %s: %s".formatted(Durations.format(since), state.get()));
        }
    }
}
