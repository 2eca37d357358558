package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.log.BuildLog;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.StepArguments;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One application of a build, from its request to its end, for as long as this controller lives.
 *
 * <p>{@link #start} begins a new one, {@link #resume} goes on with one of an earlier controller. Both return at once; all
 * work is done by the threads of {@link SparkRuntime}, and the end is told to the {@link ApplicationCallback} exactly once,
 * or not at all when the controller goes down first ({@link #letGo}). {@link #abort} may come at any time and more than
 * once.
 */
public final class ApplicationLifecycle {
    private static final Logger LOGGER = Logger.getLogger(ApplicationLifecycle.class.getName());

    /** How long an abort waits for the cluster before the build goes on without its answer. */
    private static final Duration ABORT_PATIENCE = Duration.ofSeconds(60);

    /** After a restart agents need a while to connect again, and credentials that are kept elsewhere to be there. */
    private static final int TRIES = 30;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final SparkK8sSubmitStep arguments;
    private final BuildContext build;
    private final String id;
    private final ApplicationCallback callback;
    private final SparkRuntime runtime;
    private final AtomicBoolean told = new AtomicBoolean();

    /** Its build when that has ended before it, and gives no context any more; else null. */
    private volatile Run<?, ?> endedBuild;

    private final ApplicationWork work;

    // Guarded by this; null when there is none.
    private ApplicationWatch watch;
    private ScheduledFuture<?> deadline;

    public ApplicationLifecycle(
            SparkK8sSubmitStep arguments,
            BuildContext build,
            String id,
            ApplicationCallback callback,
            SparkRuntime runtime) {
        this.arguments = arguments;
        this.build = build;
        this.id = id;
        this.callback = callback;
        this.runtime = runtime;
        this.work = new ApplicationWork(runtime, this::endFailed, this::endAborted);
    }

    private void begin(ApplicationWork.Task task) {
        runtime.add(this);
        work.begin(task);
    }

    public void start() {
        begin(() -> submitAndWatch(new ApplicationSubmission(arguments, build, runtime).begin(id)));
    }

    /** Goes on where an earlier controller stopped; waits a while for the agent if its workspace is needed once more. */
    public void resume() {
        resume(TRIES);
    }

    private void resume(int tries) {
        begin(() -> {
            try {
                goOn();
            } catch (WorkspaceOfflineException e) {
                if (tries == 0) {
                    throw e;
                }
                work.later(() -> resume(tries - 1), PAUSE);
            } catch (ClusterUnusableException e) {
                if (tries == 0) {
                    throw e;
                }
                if (tries == TRIES) {
                    log().accept("[spark] trying for five minutes: " + e.getMessage());
                }
                work.later(() -> resume(tries - 1), PAUSE);
            }
        });
    }

    private void goOn() throws Exception {
        Optional<ApplicationRecord> known = record();
        if (known.isEmpty()) {
            submitAndWatch(new ApplicationSubmission(arguments, build, runtime).begin(id));
        } else if (known.get().phase() == Phase.ENDED) {
            tell(known.get());
        } else {
            submitAndWatch(known.get());
        }
    }

    /**
     * Ends the application, and then the build's waiting with the cause; a second call does not wait for the cluster. Does
     * nothing when the controller goes down: whatever was interrupted by that, the application goes on.
     */
    public void abort(Throwable cause) {
        if (runtime.isGoingDown()) {
            return;
        }
        if (!work.abort(cause)) {
            fail(cause);
            return;
        }
        work.later(() -> fail(cause), ABORT_PATIENCE);
    }

    /** Ends the application if it is one of these, of a build that has ended and hears of nothing any more. */
    void buildEnded(Run<?, ?> run, SparkApplicationsAction applications) {
        if (!runtime.isGoingDown() && applications.find(id).isPresent() && told.compareAndSet(false, true)) {
            endedBuild = run;
            abort(new SparkApplicationException(
                    SparkApplicationException.Kind.ABORTED, "The build ended before its application."));
        }
    }

    /** The controller goes down: stops watching, writes down how far the log was shown, and leaves the application alone. */
    void letGo() {
        ApplicationWatch watching;
        synchronized (this) {
            watching = watch;
            watch = null;
        }
        if (watching != null) {
            watching.letGo();
        }
    }

    /** A few words on how far it is, without any call. */
    public String status() {
        ApplicationWatch watching;
        if (work.isAborted()) {
            return "stopping the application";
        }
        synchronized (this) {
            watching = watch;
        }
        return watching == null ? "submitting" : watching.status();
    }

    private void submitAndWatch(ApplicationRecord record) throws Exception {
        record.named(new StepArguments(arguments, build.environment()).name());
        ApplicationCluster cluster = ApplicationCluster.open(record, build.run());
        boolean watched = false;
        try {
            new ApplicationSubmission(arguments, build, runtime).submit(record, cluster);
            if (record.phase() == Phase.DEPLOYED) {
                DetachedApplications.get().watch(build.run(), record);
                tell(record);
            } else {
                watch(record, cluster);
                watched = true;
            }
        } finally {
            if (!watched) {
                cluster.close();
            }
        }
    }

    private void watch(ApplicationRecord record, ApplicationCluster cluster) throws IOException, InterruptedException {
        BuildLog log = new BuildLog(build.run(), build.listener().getLogger());
        ApplicationWatch watching = new ApplicationWatch(record, cluster, build.run(), log, runtime);
        synchronized (this) {
            if (work.isAborted()) {
                cluster.close();
                return;
            }
            watch = watching;
        }
        watching.start().whenComplete((summary, problem) -> {
            if (summary != null) {
                begin(() -> ended(record, summary));
            } else if (!watching.isLetGo()) {
                begin(() -> {
                    throw new IOException("the application can no longer be watched: " + problem, problem);
                });
            }
        });
        scheduleTimeout(record);
    }

    private void scheduleTimeout(ApplicationRecord record) throws IOException, InterruptedException {
        Optional<Duration> limit = new StepArguments(arguments, build.environment()).timeout();
        if (limit.isPresent()) {
            Duration left = Duration.between(Instant.now(), record.startTime().plus(limit.get()));
            ScheduledFuture<?> end = runtime.monitors()
                    .schedule(
                            () -> abort(new SparkApplicationException(
                                    SparkApplicationException.Kind.ABORTED,
                                    "The application was stopped: it did not end within the timeout of %s."
                                            .formatted(arguments.getTimeout()))),
                            Math.max(0, left.toMillis()),
                            TimeUnit.MILLISECONDS);
            synchronized (this) {
                deadline = end;
            }
        }
    }

    private void ended(ApplicationRecord record, ApplicationSummary summary) throws Exception {
        ApplicationWatch watching = takeWatch();
        if (watching == null) {
            return;
        }
        try {
            new ApplicationEnd(record, build.run(), watching::line).ended(summary, watching.cluster());
        } finally {
            watching.cluster().close();
        }
        if (summary.result().isSuccess()) {
            tell(record);
        } else {
            fail(Failures.of(summary.result()));
        }
    }

    private synchronized ApplicationWatch takeWatch() {
        ApplicationWatch watching = watch;
        watch = null;
        return watching;
    }

    private void endFailed(Throwable failure) {
        SparkApplicationException problem = Failures.of(failure);
        finish(end -> end.failed(failure, problem.getMessage()));
        fail(problem);
    }

    private void endAborted(Throwable cause) {
        ApplicationWatch watching = takeWatch();
        if (watching == null) {
            finish(end -> end.aborted(null));
        } else {
            watching.stop();
            finish(end -> end.aborted(watching.cluster()));
            watching.cluster().close();
        }
        fail(cause);
    }

    private interface Finish {
        void with(ApplicationEnd end) throws Exception;
    }

    /** Cleans up as far as it can be done; what cannot be done is told, and does not hold up the build. */
    private void finish(Finish finish) {
        try {
            Optional<ApplicationRecord> known = record();
            if (known.isPresent() && known.get().phase() != Phase.ENDED) {
                finish.with(new ApplicationEnd(known.get(), run(), log()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not clean up after application " + id);
        }
    }

    private Optional<ApplicationRecord> record() throws IOException, InterruptedException {
        return SparkApplicationsAction.of(run()).find(id);
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        Run<?, ?> ended = endedBuild;
        return ended == null ? build.run() : ended;
    }

    private Consumer<String> log() throws IOException, InterruptedException {
        return endedBuild == null ? build.listener().getLogger()::println : LOGGER::fine;
    }

    private void tell(ApplicationRecord record) {
        over();
        if (told.compareAndSet(false, true)) {
            callback.ended(record);
        }
    }

    private synchronized void over() {
        runtime.remove(this);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void fail(Throwable cause) {
        over();
        if (told.compareAndSet(false, true)) {
            callback.failed(cause);
        }
    }
}
