package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplication;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OrphanedUploads;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds applications that have no owner in this controller and no build that waits, and gives each an owner: those that
 * an earlier controller left, those that could not be watched or cleaned up before. What goes wrong with one entry is
 * logged, and is of no consequence for the others.
 *
 * <p>An application whose build is discarded while it runs has no record any more after a restart; only its uploads are
 * removed then.
 */
public final class UnattendedApplications {
    private static final Logger LOGGER = Logger.getLogger(UnattendedApplications.class.getName());

    private final LifecycleContext context;
    private final OrphanedUploads orphans;
    private final AtomicBoolean searching = new AtomicBoolean();

    public UnattendedApplications(LifecycleContext context) {
        this.context = context;
        this.orphans = new OrphanedUploads(context.clusters(), ApplicationEnd.CLEAN_UP_TIME, context.queue()::leave);
    }

    /** Looks for them; returns at once. Does nothing while an earlier search is under way. */
    public void search() {
        if (!searching.compareAndSet(false, true)) {
            return;
        }
        try {
            context.threads().start().execute(() -> {
                try {
                    attendAll();
                } finally {
                    searching.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            searching.set(false);
            LOGGER.log(Level.FINE, "The controller is shutting down.", e);
        }
    }

    private void attendAll() {
        for (Map.Entry<String, OpenApplication> entry : context.open().all().entrySet()) {
            try {
                attend(entry.getKey(), entry.getValue());
            } catch (RuntimeException | LinkageError e) {
                context.failures().failed(entry.getKey(), e);
            }
        }
        Set<String> open = context.open().all().keySet();
        context.queue().retain(id -> open.contains(id) || context.owners().isOwned(id));
        context.queue().admit();
        context.index().removeDue();
    }

    private void attend(String id, OpenApplication application) {
        if (context.owners().isOwned(id)) {
            return;
        }
        Run<?, ?> run = Run.fromExternalizableId(application.build());
        Optional<ApplicationRecord> record = run == null ? Optional.empty() : SparkApplicationsAction.find(run, id);
        if (record.isEmpty()) {
            discarded(id, application);
        } else if (!run.isBuilding()
                || context.owners().isLeft(id)
                || record.get().isDeployed()
                || record.get().hasEnded()) {
            attend(run, record.get());
        }
    }

    /** Works on an application that no build waits for, unless that is being done; returns at once. */
    void attend(Run<?, ?> run, ApplicationRecord record) {
        new ApplicationLifecycle(new NoBuild(run), record.id(), context).resumeUnattended();
    }

    /** The build was deleted, and with it the record. */
    private void discarded(String id, OpenApplication application) {
        if (!context.owners().claim(id, application)) {
            return;
        }
        try {
            context.threads()
                    .cleanUp(application.cluster(), application.uploads().nodeName())
                    .execute(() -> sweep(id, application));
        } catch (RejectedExecutionException e) {
            context.owners().release(id, application);
            LOGGER.log(Level.FINE, "The controller is shutting down.", e);
        }
    }

    private void sweep(String id, OpenApplication application) {
        try {
            if (orphans.sweep(id, application)) {
                context.open().remove(id);
                context.owners().forget(id);
                context.failures().resumed(id);
            }
        } catch (IOException | RuntimeException e) {
            context.failures().failed(id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            context.owners().release(id, application);
        }
    }
}
