package io.jenkins.plugins.sparkk8s.jenkins.wait;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ApplicationCluster;
import io.jenkins.plugins.sparkk8s.jenkins.failure.ClusterUnusableException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedWait;
import io.jenkins.plugins.sparkk8s.jenkins.watch.ApplicationWatch;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SummaryTable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An application as a build that waits for it shows it: by a copy of its record, which is kept with the build, and a watch, which
 * writes to the build's log. Used by one task of {@link ApplicationWait} at a time; what is volatile may be read at any time.
 */
final class AwaitedApplication {
    private final RequestingBuild build;
    private final String id;
    private final LifecycleContext context;
    private final WaitLog log;

    /** Null until it is found. */
    private volatile RequestedApplication application;

    /** Null until it is begun, or found after a restart. */
    private volatile ApplicationRecord copy;

    /** Null while it is not watched. */
    private volatile ApplicationWatch watch;

    /** What the watch has seen of the end; null before. */
    private volatile ApplicationSummary summary;

    /** Why the watch ended without; null when it did not. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Why it could not be watched, as it was logged; null when it is. */
    private String problem;

    /** @param id of the copy */
    AwaitedApplication(RequestingBuild build, String id, LifecycleContext context) {
        this.build = build;
        this.id = id;
        this.context = context;
        this.log = new WaitLog(build);
    }

    /** Null until it is found. */
    RequestedApplication application() {
        return application;
    }

    /** Null until it is begun, or found after a restart. */
    ApplicationRecord copy() {
        return copy;
    }

    /** Keeps with the build what it waits for. */
    void begin(RequestedApplication found) throws IOException, InterruptedException {
        use(found);
        log.continueEarlier(found.record().id(), id);
        copyAgain(new RecordedWait(found.record().id(), found.run(), Instant.now()));
    }

    void use(RequestedApplication found) {
        application = found;
    }

    private void copyAgain(RecordedWait wait) throws IOException, InterruptedException {
        SparkApplicationsAction applications = SparkApplicationsAction.of(build.run());
        ApplicationRecord fresh = applications.waitFor(id, application.record(), wait);
        applications.save(fresh);
        use(fresh);
    }

    private void use(ApplicationRecord known) throws IOException, InterruptedException {
        log.use(build.run(), known);
        copy = known;
    }

    /** Uses what an earlier controller has kept with the build; false when there is nothing. */
    boolean findCopy() throws IOException, InterruptedException {
        Optional<ApplicationRecord> kept = SparkApplicationsAction.find(build.run(), id);
        if (kept.isPresent()) {
            use(kept.get());
        }
        return kept.isPresent();
    }

    /** Finds the record of the application by the copy; false when it is gone. */
    boolean findRecord() {
        new ApplicationLookup(context.index()).find(copy).ifPresent(found -> application = found);
        return application != null;
    }

    /** Whether there is a driver, and its secrets are known; after a restart the owner of the record looks them up. */
    boolean mayBeWatched() {
        return application.record().hasDriver() && application.record().hasMask();
    }

    /**
     * Shows what happens from where an earlier watch has stopped, unless that is being done. What prevents it is logged once: the end is
     * in the record anyway.
     *
     * @param news called when there is a summary, or the watch has failed; must return at once
     */
    void watch(Runnable news) throws IOException, InterruptedException {
        Throwable failed = failure.getAndSet(null);
        if (failed != null) {
            cannotWatch(failed);
        } else if (watch == null) {
            try {
                beginWatch(news);
                problem = null;
            } catch (ClusterUnusableException | RuntimeException e) {
                cannotWatch(e);
            }
        }
    }

    private void beginWatch(Runnable news) throws IOException, InterruptedException {
        ApplicationCluster cluster = context.clusters().open(application.record(), application.run());
        try {
            copyAgain(copy.awaited());
            watch = new ApplicationWatch(copy, cluster, log, context.monitors());
        } finally {
            if (watch == null) {
                cluster.close();
            }
        }
        watch.start().whenComplete((end, failed) -> {
            summary = end;
            failure.set(failed);
            news.run();
        });
    }

    private void cannotWatch(Throwable cause) throws IOException, InterruptedException {
        stop();
        copy.setStateSource(null);
        String why = Failures.of(cause, mask()).getMessage();
        if (!why.equals(problem)) {
            problem = why;
            line(
                    "WARNING: application %s cannot be shown; retrying every minute, and its result is waited for all the same: %s"
                            .formatted(copy.identity().applicationId(), why));
        }
    }

    /** Whether nothing more comes from the watch. */
    boolean isShown() {
        return watch == null || summary != null || failure.get() != null;
    }

    /** Stops the watch, if there is one. */
    void stop() {
        ApplicationWatch watching = watch;
        watch = null;
        if (watching != null) {
            watching.stop();
            watching.cluster().close();
        }
    }

    /** The controller shuts down. */
    void detach() {
        ApplicationWatch watching = watch;
        if (watching != null) {
            watching.detach();
        }
    }

    /** The record has ended: logs and keeps the result as the record says, with the figures that the watch has seen. */
    void end() throws IOException, InterruptedException {
        stop();
        ApplicationRecord record = application.record();
        if (summary != null
                && summary.result()
                        .outcome()
                        .name()
                        .equals(SparkApplicationRun.of(record).getResult())) {
            copy.ended(summary, record.endTime());
            for (String line : SummaryTable.lines(summary)) {
                line(line);
            }
        } else {
            copyAgain(copy.awaited());
            line("[spark] " + SparkApplicationRun.of(copy));
        }
        log.forget();
        SparkApplicationsAction.of(build.run()).save(copy);
    }

    /** The build no longer waits; another step of it that does continues the log. */
    void leave() throws IOException, InterruptedException {
        detach();
        watch = null;
        if (copy != null) {
            copy.setStateSource(null);
            log.leave();
        }
    }

    void line(String text) throws IOException, InterruptedException {
        log.log().line(text);
    }

    SecretMask mask() {
        ApplicationRecord known = copy;
        return known == null ? SecretMask.none() : known.mask();
    }

    /** A few words on how far it is, without any call. */
    String status() {
        ApplicationWatch watching = watch;
        return watching == null ? "waiting for the application" : "waiting for " + watching.status();
    }
}
