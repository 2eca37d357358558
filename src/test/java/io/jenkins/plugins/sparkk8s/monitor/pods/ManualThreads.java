package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.jenkins.plugins.sparkk8s.monitor.TestTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks and timers on the calling thread, in an order that a seed decides: as threads could, but the same each time. */
final class ManualThreads extends ScheduledThreadPoolExecutor {
    private final Random random;
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<TestTimer> timers = new ArrayList<>();

    ManualThreads(Random random) {
        super(0);
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        TestTimer timer = new TestTimer(task, null);
        timers.add(timer);
        return timer;
    }

    /** Runs one task that waits, if there is one. */
    boolean runTask() {
        if (tasks.isEmpty()) {
            return false;
        }
        tasks.remove(random.nextInt(tasks.size())).run();
        return true;
    }

    /** Lets one timer's time come. */
    void runTimer() {
        timers.removeIf(TestTimer::isCancelled);
        if (!timers.isEmpty()) {
            timers.remove(random.nextInt(timers.size())).run();
        }
    }

    /** Lets the time of all timers of now come, and runs all tasks. */
    void settle() {
        List<TestTimer> due = new ArrayList<>(timers);
        timers.clear();
        due.forEach(TestTimer::run);
        runTasks();
    }

    void runTasks() {
        boolean any = true;
        while (any) {
            any = runTask();
        }
    }
}
