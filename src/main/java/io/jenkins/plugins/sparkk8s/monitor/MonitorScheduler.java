package io.jenkins.plugins.sparkk8s.monitor;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the few threads that all monitored applications of a process share. */
public final class MonitorScheduler {
    /** Enough that some slow answers of one API server do not hold up the other applications. */
    public static final int DEFAULT_THREADS = 4;

    private MonitorScheduler() {}

    /** @return daemon threads, so that they never keep a process alive; the caller shuts them down */
    public static ScheduledExecutorService create(int threads) {
        return create(threads, new Daemons());
    }

    /** @return threads of the factory; the caller shuts them down */
    public static ScheduledExecutorService create(int threads, ThreadFactory factory) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(threads, factory);
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private static final class Daemons implements ThreadFactory {
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, "spark-application-monitor-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
