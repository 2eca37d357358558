package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.failure.ClusterUnusableException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.failure.WorkspaceOfflineException;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.QueuePlace;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.jenkins.threads.ApplicationWork;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import io.jenkins.plugins.sparkk8s.jenkins.watch.ApplicationWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * The one that works on the record of an application, from its request to its end, for as long as this controller
 * lives. A build may wait for the application, or stop waiting, or never have waited since this controller runs: what
 * is to be done next is {@link NextAction}'s to say, and {@link ApplicationActions} does it.
 *
 * <p>Every method returns at once; all work is done by {@link LifecycleThreads}. A build that waits receives the end
 * exactly once, or not at all when the controller shuts down first ({@link #detach}). {@link #abort} may come at any
 * time and more than once.
 */
public final class ApplicationLifecycle implements ApplicationOwners.Owner {
    private static final Logger LOGGER = Logger.getLogger(ApplicationLifecycle.class.getName());

    /** How long an abort waits for the cluster before the build continues without its answer. */
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(60);

    /** After a restart agents need a while to connect again, and credentials that are kept elsewhere to be there. */
    private static final int TRIES = 30;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final LifecycleContext context;
    private final OwnedApplication application;
    private final ApplicationFailure failures;
    private final ApplicationWork work;
    private final ApplicationTimeout timeout;
    private final ApplicationActions actions;

    // Used by one task after the other.
    private int tries;

    /** @param id of the record, unique also beyond the build */
    public ApplicationLifecycle(BuildContext build, String id, ApplicationCallback callback, LifecycleContext context) {
        this(build, id, callback, context, new ApplicationMask());
    }

    private ApplicationLifecycle(
            BuildContext build,
            String id,
            ApplicationCallback callback,
            LifecycleContext context,
            ApplicationMask mask) {
        this(
                new OwnedApplication(
                        id, new WaitingBuild(mask.hideFrom(build), mask.hideFrom(callback)), mask, context),
                context);
    }

    ApplicationLifecycle(NoBuild build, String id, LifecycleContext context) {
        this(new OwnedApplication(id, build, new ApplicationMask(), context), context);
    }

    private ApplicationLifecycle(OwnedApplication application, LifecycleContext context) {
        this.application = application;
        this.context = context;
        this.failures = new ApplicationFailure(application, context, this::release);
        this.work = new ApplicationWork(context.threads(), failures);
        this.timeout = new ApplicationTimeout(context.threads(), this::abort);
        this.actions = new ApplicationActions(application, context, work, timeout, new Owner());
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
        if (context.owners().claim(id(), this)) {
            work.begin(context.threads().start(), this::resumeFromRecord);
        }
    }

    private void own(ApplicationWork.Task task) {
        if (context.owners().claim(id(), this)) {
            work.begin(context.threads().start(), task);
        } else if (!context.isShuttingDown()) {
            work.begin(context.threads().start(), () -> reportDeployedOrOwn(task));
        }
    }

    /** A build that need not wait for an application does not wait for its owner either. */
    private void reportDeployedOrOwn(ApplicationWork.Task task) throws IOException, InterruptedException {
        if (application.find() && record().isDeployed()) {
            attachment().ended(record());
        } else {
            context.threads().later(() -> own(task), PAUSE);
        }
    }

    private void beginRecord() throws Exception {
        application.hideOfBuild();
        application.use(actions.begin());
        proceed();
    }

    private void resumeFromRecord() throws Exception {
        application.hideOfBuild();
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
        application.keepPlace();
        NextAction next = application.next();
        work.begin(application.lane(next), () -> perform(next));
    }

    private void perform(NextAction next) throws Exception {
        try {
            actions.take(next);
        } catch (WorkspaceOfflineException | ClusterUnusableException e) {
            if (tries == 0 || !attachment().waits()) {
                throw e;
            }
            if (tries == TRIES && e instanceof ClusterUnusableException) {
                attachment().log().line("[spark] retrying for five minutes: " + e.getMessage());
            }
            tries--;
            context.threads().later(() -> work.begin(context.threads().start(), this::resumeFromRecord), PAUSE);
        }
    }

    /** Stops an application, whether a build waits for it or not; returns at once. The followers are notified of the end. */
    public static void abort(Run<?, ?> run, String id, Throwable cause, LifecycleContext context) {
        context.owners()
                .lifecycle(id, () -> new ApplicationLifecycle(new NoBuild(run), id, context))
                .abort(cause);
    }

    /** Watches an application whose record only those who wait for it have, since its build was deleted; unless it has an owner. */
    public static void resumeDeleted(Run<?, ?> run, String id, LifecycleContext context) {
        if (!context.owners().isOwned(id) && Run.fromExternalizableId(run.getExternalizableId()) == null) {
            new ApplicationLifecycle(new NoBuild(run), id, context).resumeUnattended();
        }
    }

    /**
     * Ends the application, and then the build's waiting with the cause; a second call does not wait for the cluster.
     * Does nothing when the controller shuts down: whatever was interrupted by that, the application runs on.
     */
    @Override
    public void abort(Throwable cause) {
        if (context.isShuttingDown()) {
            return;
        }
        if (!work.isAborted()) {
            context.owners().claim(id(), this);
        }
        ApplicationWork.follow(context.threads().start(), () -> failures.keepAbort(cause));
        Attachment waiting = attachment();
        Duration timeToEnd = work.abort(cause, application.abortLane()) ? ABORT_TIMEOUT : Duration.ZERO;
        context.threads()
                .later(
                        () -> ApplicationWork.follow(
                                context.threads().start(), () -> failures.leaveAborted(waiting, cause)),
                        timeToEnd);
    }

    /** The build has ended and gives no context any more: ends the application if the build waited for it. */
    @Override
    public void buildEnded(Run<?, ?> run) {
        if (!context.isShuttingDown() && attachment() instanceof WaitingBuild build && build.leave()) {
            application.leaveBuild(run);
            abort(new SparkApplicationException(Kind.ABORTED, "The build ended before its application."));
        }
    }

    /** The controller shuts down: stops watching, saves how far the log was shown, and leaves the application alone. */
    @Override
    public void detach() {
        application.detachWatch();
    }

    /** A few words on how far it is, without any call. */
    public String status() {
        if (work.isAborted()) {
            return "stopping the application";
        }
        ApplicationWatch watching = application.watch();
        if (watching != null) {
            return watching.status();
        }
        QueuePlace place = record() == null ? null : record().queuePlace();
        return place == null ? "submitting" : "queued at " + place;
    }

    private final class Owner implements ApplicationActions.Ownership {
        @Override
        public void release() {
            ApplicationLifecycle.this.release();
        }

        @Override
        public void proceed() throws Exception {
            ApplicationLifecycle.this.proceed();
        }
    }

    private void release() {
        timeout.cancel();
        context.owners().release(id(), this);
    }

    private String id() {
        return application.id();
    }

    private Attachment attachment() {
        return application.attachment();
    }

    /** Null until it is begun, or found after a restart. */
    @Override
    public ApplicationRecord record() {
        return application.record();
    }
}
