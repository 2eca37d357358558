package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationLog;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks after applications that no build waits for: those of builds that did not want to wait, and those of builds that a
 * restart of the controller ended. When such an application has ended, its record tells the result and what was uploaded for
 * it is removed. What could not be removed at an application's end, since its cluster was away, is removed later.
 *
 * <p>The list of all applications that have not ended is kept apart from the builds, see {@link OpenApplications}. An
 * application whose build is discarded while it runs has no record any more after a restart; only its uploads are removed then.
 */
@Extension
public final class DetachedApplications extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(DetachedApplications.class.getName());

    /** How long an application that has ended is tried to be cleaned up. */
    private static final Duration CLEANING = Duration.ofDays(1);

    private final OpenApplications open = new OpenApplications();
    private final OrphanedUploads orphans = new OrphanedUploads(CLEANING);

    private final Map<String, ApplicationWatch> watches = new ConcurrentHashMap<>();
    /** Those that an administrator has been told of. */
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** Those that are being cleaned up now. */
    private final Set<String> cleaning = ConcurrentHashMap.newKeySet();

    static DetachedApplications get() {
        return ExtensionList.lookupSingleton(DetachedApplications.class);
    }

    /** From now on the application is found after a crash; returns when this is on the disk. */
    void remember(Run<?, ?> run, ApplicationRecord record) throws IOException {
        open.put(record.id(), new OpenApplication(run.getExternalizableId()));
    }

    /** From now on its uploads are removed even when the build is discarded before the application has ended. */
    void rememberWithUploads(Run<?, ?> run, ApplicationRecord record) throws IOException {
        if (!record.uploadsToRemove().isEmpty()) {
            open.put(record.id(), OpenApplication.of(run.getExternalizableId(), record));
        }
    }

    /** The application has ended, and nothing of it is left. */
    void forget(ApplicationRecord record) throws IOException {
        open.remove(record.id());
    }

    /** A job, or a folder with all its jobs, has another full name. */
    void moved(String from, String to) {
        try {
            open.moved(from, to);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "The applications of %s could not be noted as those of %s".formatted(from, to));
        }
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    public long getInitialDelay() {
        return MIN / 6;
    }

    @Override
    protected void doRun() throws Exception {
        for (Map.Entry<String, OpenApplication> entry : open.all().entrySet()) {
            String id = entry.getKey();
            Run<?, ?> run = Run.fromExternalizableId(entry.getValue().build());
            Optional<ApplicationRecord> record = run == null
                    ? Optional.empty()
                    : SparkApplicationsAction.of(run).find(id);
            if (record.isEmpty()) {
                discarded(id, entry.getValue());
            } else if (record.get().isDone()) {
                open.remove(id);
            } else if (record.get().phase() == Phase.ENDED) {
                clean(run, record.get());
            } else if (!run.isBuilding() && !watches.containsKey(id)) {
                SparkRuntime.get().submissions().execute(() -> adopt(run, record.get()));
            }
        }
    }

    /** The build was deleted; whoever watches its application knows all that is needed. */
    private void discarded(String id, OpenApplication application) {
        if (!watches.containsKey(id) && cleaning.add(id)) {
            SparkRuntime.get().submissions().execute(() -> sweep(id, application));
        }
    }

    private void sweep(String id, OpenApplication application) {
        try {
            if (orphans.sweep(id, application)) {
                open.remove(id);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Application %s cannot be forgotten".formatted(id));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cleaning.remove(id);
        }
    }

    /** The cluster or the upload file system was away at the end. */
    void clean(Run<?, ?> run, ApplicationRecord record) throws IOException {
        if (record.endTime().plus(CLEANING).isBefore(Instant.now())) {
            LOGGER.log(
                    Level.WARNING,
                    "What is left of application {0} of {1} could not be removed for a day; look for objects with the label {2}={0} on the cluster {3}.",
                    new Object[] {
                        record.identity().applicationId(), run, Constants.OWN_APPLICATION_LABEL, record.cluster()
                    });
            forget(record);
        } else if (cleaning.add(record.id())) {
            SparkRuntime.get().submissions().execute(() -> sweep(run, record));
        }
    }

    private void sweep(Run<?, ?> run, ApplicationRecord record) {
        try {
            new ApplicationEnd(record, run, LOGGER::fine).sweep();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Application %s of %s cannot be cleaned up".formatted(record.id(), run));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cleaning.remove(record.id());
        }
    }

    /** The build that waited for it is over. */
    private void adopt(Run<?, ?> run, ApplicationRecord record) {
        try {
            if (record.phase() == Phase.CREATING) {
                takeOver(run, record);
            }
            if (record.phase() == Phase.RUNNING || record.phase() == Phase.DEPLOYED) {
                watch(run, record);
            } else {
                new ApplicationEnd(record, run, LOGGER::info)
                        .failed(null, "The controller was restarted before the application was submitted.");
            }
        } catch (IOException | ActionableException e) {
            // Once, and not every minute for as long as the cluster is away.
            LOGGER.log(
                    warned.add(record.id()) ? Level.WARNING : Level.FINE,
                    "Application {0} of {1} cannot be looked after; it is tried again every minute: {2}",
                    new Object[] {record.id(), run, e.getMessage()});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeOver(Run<?, ?> run, ApplicationRecord record) throws IOException {
        try (ApplicationCluster cluster = ApplicationCluster.open(record, run)) {
            Optional<SubmissionHandle> handle =
                    new InterruptedSubmission(cluster.client(), record.handle(), record.dependants()).takeOver();
            handle.ifPresent(there -> record.created(there, false));
        }
        SparkApplicationsAction.of(run).save();
    }

    /** Waits for the end without a build. */
    void watch(Run<?, ?> run, ApplicationRecord record) throws IOException {
        rememberWithUploads(run, record);
        ApplicationCluster cluster = ApplicationCluster.open(record, run);
        ApplicationSubmission.complete(record, cluster);
        ApplicationWatch watch = new ApplicationWatch(record, cluster, run, new NoBuildLog(run), SparkRuntime.get());
        if (watches.putIfAbsent(record.id(), watch) != null) {
            watch.letGo();
            return;
        }
        watch.start().whenComplete((summary, problem) -> {
            if (summary != null) {
                SparkRuntime.get().submissions().execute(() -> ended(run, record, summary));
            } else {
                watches.remove(record.id());
            }
        });
        warned.remove(record.id());
    }

    /** A build that is over takes no further lines. */
    private record NoBuildLog(Run<?, ?> run) implements ApplicationLog {
        @Override
        public void line(String text) {
            LOGGER.log(Level.FINE, "{0}: {1}", new Object[] {run, text});
        }

        @Override
        public long flush() {
            return 0;
        }

        @Override
        public List<String> linesFrom(long place) {
            return List.of();
        }
    }

    private void ended(Run<?, ?> run, ApplicationRecord record, ApplicationSummary summary) {
        ApplicationWatch watch = watches.get(record.id());
        try (ApplicationCluster cluster = watch.cluster()) {
            new ApplicationEnd(record, run, LOGGER::fine).ended(summary, cluster);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "The end of application %s of %s could not be written down".formatted(record.id(), run));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watches.remove(record.id());
        }
    }

    /** The controller goes down. */
    void letGo() {
        List<ApplicationWatch> all = new ArrayList<>(watches.values());
        all.forEach(ApplicationWatch::letGo);
    }
}
