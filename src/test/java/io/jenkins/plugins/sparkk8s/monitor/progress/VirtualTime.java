package io.jenkins.plugins.sparkk8s.monitor.progress;

import io.jenkins.plugins.sparkk8s.monitor.TestTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock and the threads that go by it: tasks and timers run on the thread of a test, when it lets time pass. */
final class VirtualTime extends ScheduledThreadPoolExecutor {
    private static final Instant START = Instant.parse("2026-11-27T03:05:19.266Z");

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<TestTimer> timers = new PriorityQueue<>(Comparator.comparing(TestTimer::due));
    private Instant now = START;

    VirtualTime() {
        super(0);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        TestTimer timer = new TestTimer(task, now.plusNanos(unit.toNanos(delay)));
        timers.add(timer);
        return timer;
    }

    /** Runs all that is due meanwhile, each at its own time. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        runTasks();
        while (!timers.isEmpty() && !timers.peek().due().isAfter(end)) {
            TestTimer next = timers.remove();
            now = next.due();
            next.run();
            runTasks();
        }
        now = end;
    }

    private void runTasks() {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            next.run();
        }
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
