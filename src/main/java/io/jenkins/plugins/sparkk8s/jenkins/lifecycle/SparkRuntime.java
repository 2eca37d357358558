package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;

/**
 * The few threads that all applications of this controller share, and the list of those applications.
 *
 * <p>One object, made by Jenkins with the plugin. When the controller goes down it lets go of every application, which
 * stays as it is on its cluster and is found again by the next controller.
 */
@Extension
public final class SparkRuntime extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(SparkRuntime.class.getName());

    /** Submissions at a time; each waits for its agent, its upload and the API server most of the time. */
    private static final int SUBMISSIONS = 16;

    private static final int IDLE_SECONDS = 60;
    private static final int LOCKS = 64;

    /** An API server answers well within it; an upload may take longer, and is begun anew by the next controller. */
    private static final int SHUTDOWN_PATIENCE_SECONDS = 5;

    private final ExecutorService submissions = submissionThreads();
    private final ScheduledExecutorService monitors =
            MonitorScheduler.create(MonitorScheduler.DEFAULT_THREADS, threads("spark-application-monitor"));
    private final PodWatchHub podWatches = new PodWatchHub(monitors);
    private final Set<ApplicationLifecycle> active = ConcurrentHashMap.newKeySet();
    private final Lock[] locks = new Lock[LOCKS];
    private volatile boolean goingDown;

    public SparkRuntime() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    public static SparkRuntime get() {
        return ExtensionList.lookupSingleton(SparkRuntime.class);
    }

    private static ExecutorService submissionThreads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                SUBMISSIONS,
                SUBMISSIONS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads("spark-submission"));
        pool.allowCoreThreadTimeOut(true);
        return new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
    }

    /** Whoever causes a thread to be made must not lend it a class loader. */
    private static ThreadFactory threads(String name) {
        return new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), name);
    }

    /** For work that waits: staging, submission, killing, cleaning up. */
    ExecutorService submissions() {
        return submissions;
    }

    /** For watching and deadlines; nothing here may wait. */
    ScheduledExecutorService monitors() {
        return monitors;
    }

    /** One watch for all applications of a cluster's namespace. */
    PodWatchHub podWatches() {
        return podWatches;
    }

    /** One of a fixed number of locks: the same for the same key, seldom the same for different ones. */
    Lock lock(Object key) {
        return locks[Math.floorMod(key.hashCode(), LOCKS)];
    }

    void add(ApplicationLifecycle application) {
        active.add(application);
    }

    void remove(ApplicationLifecycle application) {
        active.remove(application);
    }

    /** The build waits for none of its applications any more. */
    void buildEnded(Run<?, ?> run) {
        SparkApplicationsAction applications = run.getAction(SparkApplicationsAction.class);
        if (applications != null) {
            active.forEach(application -> application.buildEnded(run, applications));
        }
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        DetachedApplications.get().moved(oldFullName, newFullName);
    }

    /** From now on a failure may come from the shutdown itself, and must not be taken for the application's. */
    public boolean isGoingDown() {
        return goingDown;
    }

    @Override
    public void onBeforeShutdown() {
        goingDown = true;
        active.forEach(ApplicationLifecycle::letGo);
        DetachedApplications.get().letGo();
        monitors.shutdownNow();
        // Not interrupted: a submission would undo what it has created, and the next controller goes on with just that.
        submissions.shutdown();
        awaitSubmissions();
    }

    /** Soon after this the classes of all plugins are gone, and a thread that needs one more dies of it. */
    private void awaitSubmissions() {
        try {
            if (!submissions.awaitTermination(SHUTDOWN_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.fine("The controller goes down in the middle of a submission.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
