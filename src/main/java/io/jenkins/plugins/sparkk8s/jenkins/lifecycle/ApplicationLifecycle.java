package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.WorkPool.Lane;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one that works on the record of an application, from its request to its end, for as long as this controller lives. A
 * build may wait for the application, or stop waiting, or never have waited since this controller runs: what is to be done
 * next is {@link NextAction}'s to say.
 *
 * <p>Every method returns at once; all work is done by {@link LifecycleThreads}. A build that waits is told the end exactly
 * once, or not at all when the controller shuts down first ({@link #detach}). {@link #abort} may come at any time and more than
 * once.
 */
public final class ApplicationLifecycle {
    private static final Logger LOGGER = Logger.getLogger(ApplicationLifecycle.class.getName());

    /** How long an abort waits for the cluster before the build continues without its answer. */
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(60);

    /** After a restart agents need a while to connect again, and credentials that are kept elsewhere to be there. */
    private static final int TRIES = 30;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final String id;
    private final SparkRuntime runtime;
    private final ApplicationWork work;
    private final ApplicationTimeout timeout;
    private final ApplicationMask mask;
    private volatile Attachment attachment;

    /** Null until it is begun, or found after a restart. */
    private volatile ApplicationRecord record;

    // Used by one task after the other.
    private int tries;

    // Guarded by this; null when there is none.
    private ApplicationWatch watch;

    /** @param id of the record, unique also beyond the build */
    public ApplicationLifecycle(BuildContext build, String id, ApplicationCallback callback, SparkRuntime runtime) {
        this(build, id, callback, runtime, new ApplicationMask());
    }

    private ApplicationLifecycle(
            BuildContext build, String id, ApplicationCallback callback, SparkRuntime runtime, ApplicationMask mask) {
        this(new WaitingBuild(mask.hideFrom(build), mask.hideFrom(callback)), id, runtime, mask);
    }

    ApplicationLifecycle(Attachment attachment, String id, SparkRuntime runtime) {
        this(attachment, id, runtime, new ApplicationMask());
    }

    private ApplicationLifecycle(Attachment attachment, String id, SparkRuntime runtime, ApplicationMask mask) {
        this.mask = mask;
        this.attachment = attachment;
        this.id = id;
        this.runtime = runtime;
        this.work = new ApplicationWork(runtime, new AfterTask());
        this.timeout = new ApplicationTimeout(runtime.threads(), this::abort);
    }

    /** Begins a new application. */
    public void start() {
        own(this::beginRecord);
    }

    /** Resumes where an earlier controller stopped; waits a while for the agent if its workspace is needed once more. */
    public void resume() {
        tries = TRIES;
        own(this::resumeFromRecord);
    }

    /** As {@link #resume}, unless the record has an owner. */
    void resumeUnattended() {
        if (runtime.owners().claim(id, this)) {
            work.begin(runtime.threads().start(), this::resumeFromRecord);
        }
    }

    private void own(ApplicationWork.Task task) {
        if (runtime.owners().claim(id, this)) {
            work.begin(runtime.threads().start(), task);
        } else if (!runtime.isShuttingDown()) {
            runtime.threads().later(() -> own(task), PAUSE);
        }
    }

    private void beginRecord() throws Exception {
        proceed(submission().begin(id));
    }

    private void resumeFromRecord() throws Exception {
        Optional<ApplicationRecord> known = SparkApplicationsAction.find(attachment.run(), id);
        if (known.isPresent()) {
            proceed(known.get());
        } else if (attachment.waits()) {
            beginRecord();
        } else {
            release();
        }
    }

    private void proceed(ApplicationRecord known) throws Exception {
        record = known;
        mask.use(attachment.run(), known);
        if (attachment instanceof WaitingBuild build) {
            timeout.start(known, build.build().arguments());
        }
        NextAction next = NextAction.of(known.phase(), attachment.waits());
        work.begin(lane(next), () -> perform(next));
    }

    private Lane lane(NextAction next) throws InterruptedException {
        if (!(attachment instanceof WaitingBuild build)) {
            return runtime.threads().cleanUp(record.cluster(), record.uploadNode());
        }
        boolean staging = next == NextAction.SUBMIT || next == NextAction.TAKE_OVER_OR_SUBMIT;
        return runtime.threads().submission(record.cluster(), staging ? build.agent() : null);
    }

    private void perform(NextAction next) throws Exception {
        try {
            take(next);
        } catch (WorkspaceOfflineException | ClusterUnusableException e) {
            if (tries == 0 || !attachment.waits()) {
                throw e;
            }
            if (tries == TRIES && e instanceof ClusterUnusableException) {
                attachment.log().line("[spark] retrying for five minutes: " + e.getMessage());
            }
            tries--;
            runtime.threads().later(() -> work.begin(runtime.threads().start(), this::resumeFromRecord), PAUSE);
        }
    }

    private void take(NextAction next) throws Exception {
        new ApplicationSecrets(record, attachment.run()).restore(attachment.conf());
        switch (next) {
            case SUBMIT -> onCluster(cluster -> submission().submit(record, cluster));
            case TAKE_OVER_OR_SUBMIT -> onCluster(cluster -> submission().takeOverOrSubmit(record, cluster));
            case TAKE_OVER_OR_REMOVE -> {
                onCluster(cluster -> new EarlierDriver(record, cluster).takeOver(attachment.run()));
                if (!record.hasDriver()) {
                    endUnsubmitted();
                }
            }
            case DISCARD -> endUnsubmitted();
            case WATCH, REPORT_AND_WATCH -> onCluster(this::resumeWatching);
            case REPORT -> {
                release();
                attachment.ended(record);
            }
            case CLEAN_UP -> {
                end().sweep();
                release();
            }
            case NONE -> release();
        }
    }

    /** What is done with a cluster at hand. */
    private interface ClusterWork {
        void on(ApplicationCluster cluster) throws Exception;
    }

    /** The cluster stays open as long as the driver is watched, else it is closed in any case. */
    private void onCluster(ClusterWork part) throws Exception {
        ApplicationCluster cluster = runtime.cluster(record, attachment.run());
        boolean watched = false;
        try {
            part.on(cluster);
            if (record.hasDriver()) {
                watched = watch(cluster);
            }
        } finally {
            if (!watched) {
                cluster.close();
            }
        }
    }

    private void resumeWatching(ApplicationCluster cluster) throws IOException, InterruptedException {
        if (attachment.waits()) {
            attachment
                    .log()
                    .line("[spark] the controller has restarted; resuming application %s"
                            .formatted(record.handle().applicationId()));
        }
        new EarlierDriver(record, cluster).complete();
    }

    private boolean watch(ApplicationCluster cluster) throws IOException, InterruptedException {
        if (NextAction.of(record.phase(), attachment.waits()) == NextAction.REPORT_AND_WATCH) {
            leaveBuild();
        }
        if (!attachment.waits()) {
            runtime.open().keepUploads(attachment.run(), record);
        }
        ApplicationWatch watching = new ApplicationWatch(record, cluster, attachment, runtime);
        synchronized (this) {
            if (work.isAborted() || runtime.isShuttingDown()) {
                return false;
            }
            watch = watching;
        }
        try {
            watching.start().whenComplete((summary, problem) -> watchEnded(watching, summary, problem));
        } catch (RuntimeException e) {
            takeWatch();
            throw e;
        }
        runtime.unattended().resumed(id);
        return true;
    }

    /** The build need not wait any longer. */
    private void leaveBuild() throws IOException, InterruptedException {
        Attachment waiting = attachment;
        runtime.open().keepUploads(waiting.run(), record);
        attachment = new NoBuild(waiting.run());
        timeout.cancel();
        waiting.ended(record);
    }

    private void watchEnded(ApplicationWatch watching, ApplicationSummary summary, Throwable problem) {
        if (summary != null) {
            work.begin(endLane(), () -> ended(summary));
        } else if (!watching.isStopped()) {
            work.begin(endLane(), () -> {
                throw new IOException("the application can no longer be monitored: " + problem, problem);
            });
        }
    }

    private void ended(ApplicationSummary summary) throws Exception {
        ApplicationWatch watching = takeWatch();
        if (watching == null) {
            return;
        }
        try {
            end().ended(summary, watching.cluster());
        } finally {
            watching.cluster().close();
        }
        release();
        if (summary.result().isSuccess()) {
            attachment.ended(record);
        } else {
            attachment.failed(Failures.of(summary.result()));
        }
    }

    private void endUnsubmitted() throws IOException, InterruptedException {
        end().failed(null, "The controller was restarted before the application was submitted.");
        release();
    }

    /**
     * Ends the application, and then the build's waiting with the cause; a second call does not wait for the cluster. Does
     * nothing when the controller shuts down: whatever was interrupted by that, the application runs on.
     */
    public void abort(Throwable cause) {
        if (runtime.isShuttingDown()) {
            return;
        }
        if (!work.isAborted()) {
            runtime.owners().claim(id, this);
        }
        Attachment waiting = attachment;
        Duration timeToEnd = work.abort(cause, abortLane()) ? ABORT_TIMEOUT : Duration.ZERO;
        runtime.threads()
                .later(() -> work.follow(runtime.threads().start(), () -> leaveAborted(waiting, cause)), timeToEnd);
    }

    /** The build ends before the cluster has answered; what remains to be done needs a build that gives no context any more. */
    private void leaveAborted(Attachment waiting, Throwable cause) {
        try {
            if (attachment == waiting && waiting.waits() && record != null && !record.hasEnded()) {
                if (record.hasDriver() && !record.isLeftOnCluster()) {
                    waiting.log()
                            .line(
                                    "WARNING: the driver pod %s may still run in namespace %s: the API server has not responded yet. Its removal is tried again."
                                            .formatted(
                                                    record.handle().driverPodName(),
                                                    record.handle().namespace()));
                }
                attachment = new NoBuild(waiting.run());
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The build of application " + id + " has ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.failed(cause);
    }

    /** The build has ended and gives no context any more: ends the application if the build waited for it. */
    void buildEnded(Run<?, ?> run) {
        if (!runtime.isShuttingDown() && attachment instanceof WaitingBuild build && build.leave()) {
            attachment = new NoBuild(run);
            abort(new SparkApplicationException(Kind.ABORTED, "The build ended before its application."));
        }
    }

    /** The controller shuts down: stops watching, saves how far the log was shown, and leaves the application alone. */
    void detach() {
        ApplicationWatch watching = takeWatch();
        if (watching != null) {
            watching.detach();
        }
    }

    /** A few words on how far it is, without any call. */
    public String status() {
        if (work.isAborted()) {
            return "stopping the application";
        }
        ApplicationWatch watching;
        synchronized (this) {
            watching = watch;
        }
        return watching == null ? "submitting" : watching.status();
    }

    private ApplicationSubmission submission() throws IOException, InterruptedException {
        return new ApplicationSubmission(((WaitingBuild) attachment).build(), runtime);
    }

    private ApplicationEnd end() throws IOException, InterruptedException {
        return new ApplicationEnd(record, attachment.run(), attachment.log()::line, runtime);
    }

    private Lane endLane() {
        ApplicationRecord known = record;
        return known == null ? runtime.threads().start() : runtime.threads().end(known.cluster(), known.uploadNode());
    }

    /** An abort that comes before the record is known has nothing to do on a cluster, or looks for its cluster first. */
    private Lane abortLane() {
        ApplicationRecord known = record;
        return known == null ? runtime.threads().start() : runtime.threads().abort(known.cluster());
    }

    private synchronized ApplicationWatch takeWatch() {
        ApplicationWatch watching = watch;
        watch = null;
        return watching;
    }

    private void release() {
        timeout.cancel();
        runtime.owners().release(id, this);
    }

    /** What follows a task that failed, and an abort. */
    private final class AfterTask implements ApplicationWork.Ends {
        @Override
        public void failed(Throwable failure) {
            ApplicationWatch watching = takeWatch();
            if (watching != null) {
                watching.detach();
            }
            if (!attachment.waits()) {
                release();
                runtime.unattended().failed(id, mask.get().failure(failure));
                return;
            }
            SparkApplicationException problem = Failures.of(failure, mask.get());
            finish(end -> end.failed(failure, problem.getMessage()));
            if (record != null && record.hasDriver()) {
                runtime.owners().left(id);
            }
            release();
            attachment.failed(problem);
        }

        @Override
        public void aborted(Throwable cause) {
            if (record == null && found()) {
                work.follow(abortLane(), () -> aborted(cause));
                return;
            }
            ApplicationWatch watching = takeWatch();
            if (watching == null) {
                finish(end -> end.stop(null));
            } else {
                watching.stop();
                finish(end -> end.stop(watching.cluster()));
                watching.cluster().close();
            }
            // Uploads are removed by the agent, which may be slower than an abort can wait for.
            work.follow(endLane(), () -> {
                finish(ApplicationEnd::aborted);
                release();
                attachment.failed(cause);
            });
        }

        @Override
        public void abortOverdue() {
            finish(end -> end.stop(null));
        }

        /** Cleans up as far as it can be done; what cannot be done is logged, and does not hold up the build. */
        private void finish(Finish finish) {
            if (record == null || record.hasEnded()) {
                return;
            }
            try {
                finish.with(end());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOGGER.log(Level.WARNING, mask.get().failure(e), () -> "Could not clean up after application " + id);
            }
        }

        /** After a restart an abort may come before anything else. */
        private boolean found() {
            try {
                Optional<ApplicationRecord> known = SparkApplicationsAction.find(attachment.run(), id);
                if (known.isPresent()) {
                    record = known.get();
                    mask.use(attachment.run(), known.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not clean up after application " + id);
            }
            return record != null;
        }
    }

    private interface Finish {
        void with(ApplicationEnd end) throws Exception;
    }
}
