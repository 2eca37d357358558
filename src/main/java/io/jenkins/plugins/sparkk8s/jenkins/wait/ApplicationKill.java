package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationKill;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationLifecycle;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.Followers;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.ApplicationWork;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A build that stops an application. The owner of the application's record does it, as when the build that waits for the
 * application is aborted, and this waits until the record has ended. To begin it again, as after a restart, does no harm.
 *
 * <p>Public methods return at once.
 */
public final class ApplicationKill implements ApplicationRequest, Followers.Follower {
    private static final Logger LOGGER = Logger.getLogger(ApplicationKill.class.getName());

    private final RequestingBuild build;
    private final String applicationId;
    private final Callback callback;
    private final LifecycleContext context;
    private final AtomicBoolean reported = new AtomicBoolean();

    /** Null until it is found. */
    private volatile RequestedApplication application;

    /** Receives once what was done. */
    public interface Callback {
        void done(SparkApplicationKill kill);

        /** There is none that the build may stop. */
        void failed(Throwable cause);
    }

    /** @param applicationId null when none was given */
    public ApplicationKill(RequestingBuild build, String applicationId, Callback callback, LifecycleContext context) {
        this.build = build;
        this.applicationId = applicationId;
        this.callback = callback;
        this.context = context;
    }

    /** A sentence for the application that is stopped. */
    static SparkApplicationException reason(String step, Run<?, ?> by) {
        return new SparkApplicationException(
                Kind.ABORTED, "The application was stopped by %s of %s.".formatted(step, by.getFullDisplayName()));
    }

    @Override
    public void start() {
        context.followers().add(this);
        ApplicationWork.follow(context.threads().start(), this::begin);
    }

    /** Begins again. */
    @Override
    public void resume() {
        start();
    }

    /** The build does not wait any more; what was begun is done nevertheless, and what was not is not begun. */
    @Override
    public void abort(Throwable cause) {
        if (!context.isShuttingDown()) {
            report(() -> callback.failed(cause));
        }
    }

    @Override
    public String status() {
        return "stopping the application";
    }

    private void begin() {
        if (reported.get()) {
            context.followers().remove(this);
            return;
        }
        try {
            RequestedApplication found = new ApplicationLookup(context.index())
                    .find(applicationId, new Requester(build.run(), build.authentication()), Item.CANCEL);
            PrintStream log = build.listener().getLogger();
            if (found.record().hasEnded()) {
                SparkApplicationKill kill = SparkApplicationKill.of(found.record(), false);
                log.println("[spark] " + kill);
                report(() -> callback.done(kill));
                return;
            }
            log.println("[spark] stopping application %s of %s"
                    .formatted(applicationId, found.run().getFullDisplayName()));
            application = found;
            ApplicationLifecycle.abort(found.run(), found.record().id(), reason("sparkK8sKill", build.run()), context);
            changed();
        } catch (Exception | Error e) {
            // A build that waits must be notified of it, whatever it was.
            if (!context.isShuttingDown()) {
                report(() -> callback.failed(Failures.of(e)));
            }
        }
    }

    @Override
    public String record() {
        RequestedApplication known = application;
        return known == null ? null : known.record().id();
    }

    @Override
    public void changed() {
        RequestedApplication known = application;
        if (known == null || !known.record().hasEnded()) {
            return;
        }
        ApplicationWork.follow(
                context.threads().end(known.record().cluster(), null), () -> report(() -> ended(known.record())));
    }

    private void ended(ApplicationRecord record) {
        SparkApplicationKill kill = SparkApplicationKill.of(record, true);
        try {
            build.listener().getLogger().println("[spark] " + kill);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The build has ended.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        callback.done(kill);
    }

    private void report(Runnable end) {
        if (reported.compareAndSet(false, true)) {
            context.followers().remove(this);
            end.run();
        }
    }

    /** What was begun is done by the next controller. */
    @Override
    public void detach() {
        context.followers().remove(this);
    }

    @Override
    public void buildEnded(Run<?, ?> run) {
        // The owner of the record needs no build.
    }
}
