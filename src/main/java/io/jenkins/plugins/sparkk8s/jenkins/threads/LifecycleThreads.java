package io.jenkins.plugins.sparkk8s.jenkins.threads;

import hudson.security.ACL;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.sparkk8s.jenkins.threads.WorkPool.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;

/**
 * The threads of all applications of this controller, apart for each kind of work: a slow upload delays no end, and nothing
 * delays an abort. Their number depends on the clusters and not on the applications; a thread that has nothing to do ends.
 */
public final class LifecycleThreads {
    private static final Logger LOGGER = Logger.getLogger(LifecycleThreads.class.getName());
    private static final int IDLE_SECONDS = 60;

    /** Records are begun on the controller alone. */
    private static final int STARTS = 8;

    private static final int SUBMISSIONS_PER_CLUSTER = 64;
    private static final int SUBMISSIONS_PER_AGENT = 16;
    private static final int ENDS_PER_CLUSTER = 32;
    private static final int ENDS_PER_AGENT = 8;
    private static final int ABORTS_PER_CLUSTER = 16;
    private static final int CLEAN_UPS_PER_CLUSTER = 4;
    private static final int CLEAN_UPS_PER_AGENT = 2;
    private static final int EVENT_LOGS_PER_CLUSTER = 4;
    /** For all applications: each writes a few kilobytes at a time. */
    private static final int CHECKPOINTS = 4;

    private final List<ExecutorService> executors = new ArrayList<>();
    private final WorkPool starts = pool("spark-start", STARTS, STARTS);
    private final WorkPool submissions = pool("spark-submission", SUBMISSIONS_PER_CLUSTER, SUBMISSIONS_PER_AGENT);
    private final WorkPool ends = pool("spark-end", ENDS_PER_CLUSTER, ENDS_PER_AGENT);
    private final WorkPool aborts = pool("spark-abort", ABORTS_PER_CLUSTER, ABORTS_PER_CLUSTER);
    private final WorkPool cleanUps = pool("spark-clean-up", CLEAN_UPS_PER_CLUSTER, CLEAN_UPS_PER_AGENT);
    private final WorkPool eventLogs = pool("spark-event-log", EVENT_LOGS_PER_CLUSTER, EVENT_LOGS_PER_CLUSTER);
    private final WorkPool checkpoints = pool("spark-checkpoint", CHECKPOINTS, CHECKPOINTS);
    private final ScheduledExecutorService timers = timers();
    private volatile boolean shuttingDown;

    private WorkPool pool(String name, int perCluster, int perAgent) {
        ExecutorService threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory(name));
        executors.add(threads);
        return new WorkPool(new ImpersonatingExecutorService(threads, ACL.SYSTEM2), perCluster, perAgent);
    }

    private static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, factory("spark-timer"));
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    /** Threads that take no class loader from the code that happens to start them. */
    public static ThreadFactory factory(String name) {
        return new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), name);
    }

    /** For what needs the controller alone: the beginning of a record, the search for records. */
    public Lane start() {
        return starts.lane(null, null);
    }

    /** For checking, uploading and creating. */
    public Lane submission(String cluster, String agent) {
        return submissions.lane(cluster, agent);
    }

    /** For all that is done at the end of an application. */
    public Lane end(String cluster, String agent) {
        return ends.lane(cluster, agent);
    }

    /** For deleting a driver pod; nothing but the cluster's own answers may be waited for here. */
    public Lane abort(String cluster) {
        return aborts.lane(cluster, null);
    }

    /** For applications that no build waits for. */
    public Lane cleanUp(String cluster, String agent) {
        return cleanUps.lane(cluster, agent);
    }

    /** For reading what an application that has ended has left on a file system. */
    public Lane eventLog(String cluster) {
        return eventLogs.lane(cluster, null);
    }

    /** For writing down how far an application has been reported; waits for the controller's disk and the build's log. */
    public Lane checkpoint() {
        return checkpoints.lane(null, null);
    }

    /** Runs a task that waits for nothing, such as giving other work to a lane; not any more when the controller shuts down. */
    public void later(Runnable task, Duration delay) {
        try {
            schedule(task, delay);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The controller is shutting down.", e);
        }
    }

    /** @throws RejectedExecutionException when the controller is shutting down */
    public ScheduledFuture<?> schedule(Runnable task, Duration delay) {
        return timers.schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Whether no application that no build waits for is being worked on. */
    public boolean isCleanedUp() {
        return starts.isIdle() && cleanUps.isIdle();
    }

    /** The controller shuts down: what fails from now on may fail for that. */
    public void announceShutdown() {
        shuttingDown = true;
    }

    /** From now on a failure may come from the shutdown itself, and must not be taken for the application's. */
    public boolean isShuttingDown() {
        return shuttingDown;
    }

    /**
     * Ends all threads when they have done what they do now. None is interrupted: a submission would undo what it has created,
     * and the next controller resumes from just that.
     *
     * @return whether all have ended
     */
    public boolean shutdown(Duration timeout) throws InterruptedException {
        timers.shutdownNow();
        executors.forEach(ExecutorService::shutdown);
        long until = System.nanoTime() + timeout.toNanos();
        boolean ended = true;
        for (ExecutorService threads : executors) {
            ended &= threads.awaitTermination(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        return ended;
    }
}
