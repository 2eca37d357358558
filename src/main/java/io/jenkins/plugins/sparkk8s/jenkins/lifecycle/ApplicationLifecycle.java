package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * The one that works on the record of an application, from its request to its end, for as long as this controller
 * lives. A build may wait for the application, or stop waiting, or never have waited since this controller runs: what
 * is to be done next is {@link NextAction}'s to say.
 *
 * <p>Every method returns at once; all work is done by {@link LifecycleThreads}. A build that waits receives the end
 * exactly once, or not at all when the controller shuts down first ({@link #detach}). {@link #abort} may come at any
 * time and more than once.
 */
public final class ApplicationLifecycle {
    private static final Logger LOGGER = Logger.getLogger(ApplicationLifecycle.class.getName());

    /** How long an abort waits for the cluster before the build continues without its answer. */
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(60);

    /** After a restart agents need a while to connect again, and credentials that are kept elsewhere to be there. */
    private static final int TRIES = 30;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final SparkRuntime runtime;
    private final OwnedApplication application;
    private final ApplicationFailure failures;
    private final ApplicationWork work;
    private final ApplicationTimeout timeout;

    // Used by one task after the other.
    private int tries;

    /** @param id of the record, unique also beyond the build */
    public ApplicationLifecycle(BuildContext build, String id, ApplicationCallback callback, SparkRuntime runtime) {
        this(build, id, callback, runtime, new ApplicationMask());
    }

    private ApplicationLifecycle(
            BuildContext build, String id, ApplicationCallback callback, SparkRuntime runtime, ApplicationMask mask) {
        this(
                new OwnedApplication(
                        id, new WaitingBuild(mask.hideFrom(build), mask.hideFrom(callback)), mask, runtime),
                runtime);
    }

    ApplicationLifecycle(NoBuild build, String id, SparkRuntime runtime) {
        this(new OwnedApplication(id, build, new ApplicationMask(), runtime), runtime);
    }

    private ApplicationLifecycle(OwnedApplication application, SparkRuntime runtime) {
        this.application = application;
        this.runtime = runtime;
        this.failures = new ApplicationFailure(application, runtime, this::release);
        this.work = new ApplicationWork(runtime, failures);
        this.timeout = new ApplicationTimeout(runtime.threads(), this::abort);
    }

    /** Begins a new application. */
    public void start() {
        own(this::beginRecord);
    }

    /**
     * Resumes where an earlier controller stopped; waits a while for the agent if its workspace is needed once more.
     */
    public void resume() {
        tries = TRIES;
        own(this::resumeFromRecord);
    }

    /** As {@link #resume}, unless the record has an owner. */
    void resumeUnattended() {
        if (runtime.owners().claim(id(), this)) {
            work.begin(runtime.threads().start(), this::resumeFromRecord);
        }
    }

    private void own(ApplicationWork.Task task) {
        if (runtime.owners().claim(id(), this)) {
            work.begin(runtime.threads().start(), task);
        } else if (!runtime.isShuttingDown()) {
            runtime.threads().later(() -> own(task), PAUSE);
        }
    }

    private void beginRecord() throws Exception {
        application.use(submission().begin(id()));
        proceed();
    }

    private void resumeFromRecord() throws Exception {
        if (application.find()) {
            proceed();
        } else if (attachment().waits()) {
            beginRecord();
        } else {
            release();
        }
    }

    private void proceed() throws Exception {
        if (attachment() instanceof WaitingBuild build) {
            timeout.start(record(), build.build().arguments());
        }
        NextAction next = NextAction.of(record().phase(), attachment().waits());
        work.begin(application.lane(next), () -> perform(next));
    }

    private void perform(NextAction next) throws Exception {
        try {
            take(next);
        } catch (WorkspaceOfflineException | ClusterUnusableException e) {
            if (tries == 0 || !attachment().waits()) {
                throw e;
            }
            if (tries == TRIES && e instanceof ClusterUnusableException) {
                attachment().log().line("[spark] retrying for five minutes: " + e.getMessage());
            }
            tries--;
            runtime.threads().later(() -> work.begin(runtime.threads().start(), this::resumeFromRecord), PAUSE);
        }
    }

    private void take(NextAction next) throws Exception {
        new ApplicationSecrets(record(), application.run())
                .restore(attachment().conf(), () -> runtime.uploadMask(record()));
        switch (next) {
            case SUBMIT -> onCluster(cluster -> submission().submit(record(), cluster));
            case TAKE_OVER_OR_SUBMIT -> onCluster(cluster -> submission().takeOverOrSubmit(record(), cluster));
            case TAKE_OVER_OR_REMOVE -> {
                onCluster(cluster -> new EarlierDriver(record(), cluster).takeOver(application.run()));
                if (!record().hasDriver()) {
                    endUnsubmitted();
                }
            }
            case DISCARD -> endUnsubmitted();
            case WATCH, REPORT_AND_WATCH -> onCluster(this::resumeWatching);
            case REPORT -> {
                release();
                attachment().ended(record());
            }
            case CLEAN_UP -> {
                application.end().sweep();
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
        ApplicationCluster cluster = runtime.cluster(record(), application.run());
        boolean watched = false;
        try {
            part.on(cluster);
            if (record().hasDriver()) {
                watched = watch(cluster);
            }
        } finally {
            if (!watched) {
                cluster.close();
            }
        }
    }

    private void resumeWatching(ApplicationCluster cluster) throws IOException, InterruptedException {
        if (attachment().waits()) {
            attachment()
                    .log()
                    .line("[spark] the controller has restarted; resuming application %s"
                            .formatted(record().handle().applicationId()));
        }
        new EarlierDriver(record(), cluster).complete();
    }

    private boolean watch(ApplicationCluster cluster) throws IOException, InterruptedException {
        if (NextAction.of(record().phase(), attachment().waits()) == NextAction.REPORT_AND_WATCH) {
            leaveBuild();
        }
        if (!attachment().waits()) {
            runtime.open().keepUploads(application.run(), record());
        }
        ApplicationWatch watching = new ApplicationWatch(record(), cluster, attachment(), runtime);
        if (!application.watch(watching, () -> work.isAborted() || runtime.isShuttingDown())) {
            return false;
        }
        try {
            watching.start().whenComplete((summary, problem) -> watchEnded(watching, summary, problem));
        } catch (RuntimeException e) {
            application.takeWatch();
            throw e;
        }
        runtime.unattended().resumed(id());
        return true;
    }

    /** The build need not wait any longer. */
    private void leaveBuild() throws IOException, InterruptedException {
        Attachment waiting = attachment();
        runtime.open().keepUploads(waiting.run(), record());
        application.leaveBuild(waiting.run());
        timeout.cancel();
        waiting.ended(record());
    }

    private void watchEnded(ApplicationWatch watching, ApplicationSummary summary, Throwable problem) {
        if (summary != null) {
            work.begin(application.endLane(), () -> ended(summary));
        } else if (!watching.isStopped()) {
            work.begin(application.endLane(), () -> {
                throw new IOException("the application can no longer be monitored: " + problem, problem);
            });
        }
    }

    private void ended(ApplicationSummary summary) throws Exception {
        ApplicationWatch watching = application.takeWatch();
        if (watching == null) {
            return;
        }
        try {
            application.end().ended(summary, watching.cluster());
        } finally {
            watching.cluster().close();
        }
        release();
        if (summary.result().isSuccess()) {
            attachment().ended(record());
        } else {
            attachment().failed(Failures.of(summary.result()));
        }
    }

    private void endUnsubmitted() throws IOException, InterruptedException {
        application.end().failed(null, "The controller was restarted before the application was submitted.");
        release();
    }

    /**
     * Ends the application, and then the build's waiting with the cause; a second call does not wait for the cluster.
     * Does nothing when the controller shuts down: whatever was interrupted by that, the application runs on.
     */
    public void abort(Throwable cause) {
        if (runtime.isShuttingDown()) {
            return;
        }
        if (!work.isAborted()) {
            runtime.owners().claim(id(), this);
        }
        Attachment waiting = attachment();
        Duration timeToEnd = work.abort(cause, application.abortLane()) ? ABORT_TIMEOUT : Duration.ZERO;
        runtime.threads()
                .later(
                        () -> ApplicationWork.follow(
                                runtime.threads().start(), () -> failures.leaveAborted(waiting, cause)),
                        timeToEnd);
    }

    /** The build has ended and gives no context any more: ends the application if the build waited for it. */
    void buildEnded(Run<?, ?> run) {
        if (!runtime.isShuttingDown() && attachment() instanceof WaitingBuild build && build.leave()) {
            application.leaveBuild(run);
            abort(new SparkApplicationException(Kind.ABORTED, "The build ended before its application."));
        }
    }

    /** The controller shuts down: stops watching, saves how far the log was shown, and leaves the application alone. */
    void detach() {
        application.detachWatch();
    }

    /** A few words on how far it is, without any call. */
    public String status() {
        if (work.isAborted()) {
            return "stopping the application";
        }
        ApplicationWatch watching = application.watch();
        return watching == null ? "submitting" : watching.status();
    }

    private ApplicationSubmission submission() throws IOException, InterruptedException {
        return new ApplicationSubmission(((WaitingBuild) attachment()).build(), runtime);
    }

    private void release() {
        timeout.cancel();
        runtime.owners().release(id(), this);
    }

    private String id() {
        return application.id();
    }

    private Attachment attachment() {
        return application.attachment();
    }

    private ApplicationRecord record() {
        return application.record();
    }
}
