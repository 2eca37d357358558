package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueuedUse;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.WorkPool.Lane;
import io.jenkins.plugins.sparkk8s.jenkins.watch.ApplicationWatch;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An application that has an owner: its record, its build, and the watch while there is one. Thread-safe; what follows from its
 * state is for {@link ApplicationLifecycle} to decide.
 */
final class OwnedApplication {
    private static final Logger LOGGER = Logger.getLogger(OwnedApplication.class.getName());

    private final String id;
    private final LifecycleContext context;
    private final ApplicationMask mask;
    private volatile Attachment attachment;

    /** Null until it is begun, or found after a restart. */
    private volatile ApplicationRecord record;

    /** Guarded by this; null when there is none. */
    private ApplicationWatch watch;

    OwnedApplication(String id, Attachment attachment, ApplicationMask mask, LifecycleContext context) {
        this.id = id;
        this.attachment = attachment;
        this.mask = mask;
        this.context = context;
    }

    String id() {
        return id;
    }

    ApplicationMask mask() {
        return mask;
    }

    Attachment attachment() {
        return attachment;
    }

    Run<?, ?> run() throws IOException, InterruptedException {
        return attachment.run();
    }

    /** The build does not wait any longer. */
    void leaveBuild(Run<?, ?> run) {
        attachment = new NoBuild(run);
    }

    /** Null until it is begun, or found after a restart. */
    ApplicationRecord record() {
        return record;
    }

    /** From then on nothing shows what the build itself hides. */
    void hideOfBuild() throws IOException, InterruptedException {
        mask.useBuild(attachment.sensitiveValues());
    }

    void use(ApplicationRecord known) throws IOException, InterruptedException {
        record = known;
        mask.use(run(), known);
    }

    /** Whether the build has a record of it, which is used from then on. */
    boolean find() throws IOException, InterruptedException {
        Optional<ApplicationRecord> known = SparkApplicationsAction.find(run(), id);
        if (known.isPresent()) {
            use(known.get());
        }
        return known.isPresent();
    }

    ApplicationEnd end() throws IOException, InterruptedException {
        return new ApplicationEnd(record, run(), attachment.log()::line, context);
    }

    /** What is done at the end of an application. */
    interface Finish {
        void with(ApplicationEnd end) throws Exception;
    }

    /** Cleans up as far as it can be done; what cannot be done is logged, and does not hold up the build. */
    void finish(Finish finish) {
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

    /** It counts for the limits of its cluster until it has ended, also when an earlier controller has begun it. */
    void keepPlace() throws IOException, InterruptedException {
        ApplicationRecord known = known();
        if (known.hasEnded()) {
            context.queue().leave(id);
        } else if (!known.isQueued()) {
            context.queue()
                    .hold(id, new QueuedUse(known.cluster(), run().getParent().getFullName()));
        }
    }

    /** What is to be done next for it. */
    NextAction next() {
        ApplicationRecord known = known();
        return NextAction.of(known.phase(), attachment.waits(), known.isAborting());
    }

    private ApplicationRecord known() {
        return Objects.requireNonNull(record, "an action needs a record");
    }

    /** The threads for an action. */
    Lane lane(NextAction next) throws InterruptedException {
        ApplicationRecord known = known();
        if (!(attachment instanceof WaitingBuild build)) {
            return context.threads().cleanUp(known.cluster(), known.uploadNode());
        }
        if (next == NextAction.QUEUE) {
            return context.threads().start();
        }
        boolean staging = next == NextAction.SUBMIT || next == NextAction.TAKE_OVER_OR_SUBMIT;
        return context.threads().submission(known.cluster(), staging ? build.agent() : null);
    }

    Lane endLane() {
        ApplicationRecord known = record;
        return known == null ? context.threads().start() : context.threads().end(known.cluster(), known.uploadNode());
    }

    /** An abort that comes before the record is known has nothing to do on a cluster, or looks for its cluster first. */
    Lane abortLane() {
        ApplicationRecord known = record;
        return known == null ? context.threads().start() : context.threads().abort(known.cluster());
    }

    /** Null when it is not watched. */
    synchronized ApplicationWatch watch() {
        return watch;
    }

    /**
     * From now on it is watched, unless that is over already; who ends it takes the watch afterwards.
     *
     * @return false when it is over
     */
    synchronized boolean watch(ApplicationWatch watching, BooleanSupplier over) {
        if (over.getAsBoolean()) {
            return false;
        }
        watch = watching;
        return true;
    }

    /** The watch, which is the caller's from now on; null when there is none, or another caller has it. */
    synchronized ApplicationWatch takeWatch() {
        ApplicationWatch watching = watch;
        watch = null;
        return watching;
    }

    /** Stops watching, and saves how far the log was shown. */
    void detachWatch() {
        ApplicationWatch watching = takeWatch();
        if (watching != null) {
            watching.detach();
        }
    }
}
