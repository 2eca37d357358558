package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.PeriodicWork;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.driver.Constants;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Looks after applications that no build waits for: those of builds that did not want to wait, and those of builds that a
 * restart of the controller ended. When such an application has ended, its record tells the result and what was uploaded for
 * it is removed. What could not be removed at an application's end, since its cluster was away, is removed later.
 *
 * <p>The list of all applications that have not ended is kept in a file of its own, so that after a crash the next controller
 * finds them without looking through all builds.
 */
@Extension
public final class DetachedApplications extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(DetachedApplications.class.getName());

    /** How long an application that has ended is tried to be cleaned up. */
    private static final Duration CLEANING = Duration.ofDays(1);

    /** Build by application: the record's id, to the build's externalizable id. */
    private final Map<String, String> open = new TreeMap<>();

    private final Map<String, ApplicationWatch> watches = new ConcurrentHashMap<>();
    /** Those that are being cleaned up now. */
    private final Set<String> cleaning = ConcurrentHashMap.newKeySet();

    private boolean loaded;

    static DetachedApplications get() {
        return ExtensionList.lookupSingleton(DetachedApplications.class);
    }

    /** From now on the application is found after a crash; returns when this is on the disk. */
    void remember(Run<?, ?> run, ApplicationRecord record) throws IOException {
        change(() -> open.put(record.id(), run.getExternalizableId()));
    }

    /** The application has ended, and nothing of it is left. */
    void forget(Run<?, ?> run, ApplicationRecord record) throws IOException {
        change(() -> open.remove(record.id()));
    }

    /** A job, or a folder with all its jobs, has another full name. */
    void moved(String from, String to) {
        try {
            if (openApplications().values().stream().anyMatch(build -> isIn(from, build))) {
                change(() -> open.replaceAll(
                        (id, build) -> isIn(from, build) ? to + build.substring(from.length()) : build));
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "The applications of %s could not be noted as those of %s".formatted(from, to));
        }
    }

    /** @param build externalizable id: the full name of the job, and the number */
    private static boolean isIn(String item, String build) {
        return build.startsWith(item + "#") || build.startsWith(item + "/");
    }

    private synchronized void change(Runnable change) throws IOException {
        load();
        change.run();
        file().write(new TreeMap<>(open));
    }

    @SuppressWarnings("unchecked")
    private void load() throws IOException {
        if (!loaded && file().exists()) {
            open.putAll((Map<String, String>) file().read());
        }
        loaded = true;
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), "spark-applications.xml"));
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
        for (Map.Entry<String, String> application : openApplications().entrySet()) {
            Run<?, ?> run = Run.fromExternalizableId(application.getValue());
            Optional<ApplicationRecord> record = run == null
                    ? Optional.empty()
                    : SparkApplicationsAction.of(run).find(application.getKey());
            if (record.isEmpty() || record.get().isDone()) {
                change(() -> open.remove(application.getKey()));
            } else if (record.get().phase() == Phase.ENDED) {
                clean(run, record.get());
            } else if (!run.isBuilding() && !watches.containsKey(application.getKey())) {
                SparkRuntime.get().submissions().execute(() -> adopt(run, record.get()));
            }
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
            forget(run, record);
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

    private synchronized Map<String, String> openApplications() throws IOException {
        load();
        return new TreeMap<>(open);
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
                        .failed("The controller was restarted before the application was submitted.");
            }
        } catch (ClusterUnusableException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Application {0} of {1} cannot be looked after; tried again in a minute: {2}",
                    new Object[] {record.id(), run, e.getMessage()});
        } catch (IOException | ActionableException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Application %s of %s cannot be looked after; tried again in a minute"
                            .formatted(record.id(), run));
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
