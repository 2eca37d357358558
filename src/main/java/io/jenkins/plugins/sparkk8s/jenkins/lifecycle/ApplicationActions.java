package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.connection.ApplicationCluster;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.submission.ApplicationSecrets;
import io.jenkins.plugins.sparkk8s.jenkins.submission.ApplicationSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.submission.EarlierDriver;
import io.jenkins.plugins.sparkk8s.jenkins.threads.ApplicationWork;
import io.jenkins.plugins.sparkk8s.jenkins.watch.ApplicationWatch;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import java.io.IOException;

/**
 * Does what {@link NextAction} names, for the owner of a record: submits, watches until the application has ended, reports to
 * the build that waits, and cleans up.
 */
final class ApplicationActions {
    private final OwnedApplication application;
    private final LifecycleContext context;
    private final ApplicationWork work;
    private final ApplicationTimeout timeout;
    private final Runnable release;
    private final QueuedApplication queued;

    /** What the owner of the record does when an action is done. */
    interface Ownership {
        /** The application has no owner any more. */
        void release();

        /** Does what the record says now. */
        void proceed() throws Exception;
    }

    ApplicationActions(
            OwnedApplication application,
            LifecycleContext context,
            ApplicationWork work,
            ApplicationTimeout timeout,
            Ownership ownership) {
        this.application = application;
        this.context = context;
        this.work = work;
        this.timeout = timeout;
        this.release = ownership::release;
        this.queued = new QueuedApplication(application, context, work, ownership::proceed);
    }

    /** Makes the record of a new application, for the build that waits. */
    ApplicationRecord begin() throws Exception {
        return submission().begin(application.id(), application.mask().get());
    }

    /** Does the next thing; may block. */
    void take(NextAction next) throws Exception {
        new ApplicationSecrets(record(), application.run())
                .restore(
                        attachment().conf(),
                        attachment().sensitiveValues(),
                        () -> context.clusters().uploadMask(record()));
        switch (next) {
            case QUEUE -> queued.await();
            case SUBMIT -> onCluster(cluster -> submission().submit(record(), cluster));
            case TAKE_OVER_OR_SUBMIT -> onCluster(cluster -> submission().takeOverOrSubmit(record(), cluster));
            case TAKE_OVER_OR_REMOVE -> {
                onCluster(cluster -> new EarlierDriver(record(), cluster).takeOver(application.run()));
                if (!record().hasDriver()) {
                    endUnsubmitted();
                }
            }
            case DISCARD -> endUnsubmitted();
            case ABORT -> abort();
            case WATCH, REPORT_AND_WATCH -> onCluster(this::resumeWatching);
            case REPORT -> {
                release.run();
                attachment().ended(record());
            }
            case CLEAN_UP -> {
                application.end().sweep();
                release.run();
            }
            case NONE -> release.run();
        }
    }

    /** What is done with a cluster at hand. */
    private interface ClusterWork {
        void on(ApplicationCluster cluster) throws Exception;
    }

    /** The cluster stays open as long as the driver is watched, else it is closed in any case. */
    private void onCluster(ClusterWork part) throws Exception {
        ApplicationCluster cluster = context.clusters().open(record(), application.run());
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
        if (application.next() == NextAction.REPORT_AND_WATCH) {
            leaveBuild();
        }
        if (!attachment().waits()) {
            context.open().keepUploads(application.run(), record());
        }
        ApplicationWatch watching = new ApplicationWatch(record(), cluster, attachment(), context.monitors());
        if (!application.watch(watching, () -> work.isAborted() || context.isShuttingDown())) {
            return false;
        }
        try {
            watching.start().whenComplete((summary, problem) -> watchEnded(watching, summary, problem));
        } catch (RuntimeException e) {
            application.takeWatch();
            throw e;
        }
        context.failures().resumed(application.id());
        context.followers().changed(application.id());
        return true;
    }

    /** The build need not wait any longer. */
    private void leaveBuild() throws IOException, InterruptedException {
        Attachment waiting = attachment();
        context.open().keepUploads(waiting.run(), record());
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
        release.run();
        if (summary.result().isSuccess()) {
            attachment().ended(record());
        } else {
            attachment().failed(Failures.of(summary.result()));
        }
    }

    private void endUnsubmitted() throws IOException, InterruptedException {
        application.end().failed(null, "The controller was restarted before the application was submitted.");
        release.run();
    }

    /** As an earlier controller had begun to. */
    private void abort() throws IOException, InterruptedException {
        application.end().stop(null);
        application.end().aborted();
        release.run();
        attachment().failed(new SparkApplicationException(Kind.ABORTED, record().abortReason()));
    }

    private ApplicationSubmission submission() throws IOException, InterruptedException {
        return new ApplicationSubmission(((WaitingBuild) attachment()).build(), context.submissions());
    }

    private Attachment attachment() {
        return application.attachment();
    }

    private ApplicationRecord record() {
        return application.record();
    }
}
