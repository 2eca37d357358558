package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.PeriodicWork;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Looks after applications that no build waits for: those of builds that did not want to wait, and those of builds that a
 * restart of the controller ended. When such an application has ended, its record tells the result and what was uploaded for
 * it is removed.
 *
 * <p>The list of all applications that have not ended is kept in a file of its own, so that after a crash the next controller
 * finds them without looking through all builds.
 */
@Extension
public final class DetachedApplications extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(DetachedApplications.class.getName());

    /** Build by application: the record's id, to the build's externalizable id. */
    private final Map<String, String> open = new TreeMap<>();

    private final Map<String, ApplicationWatch> watches = new ConcurrentHashMap<>();
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
            if (record.isEmpty() || record.get().phase() == Phase.ENDED) {
                change(() -> open.remove(application.getKey()));
            } else if (!run.isBuilding() && !watches.containsKey(application.getKey())) {
                SparkRuntime.get().submissions().execute(() -> adopt(run, record.get()));
            }
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
        ApplicationWatch watch = new ApplicationWatch(
                record, ApplicationCluster.open(record, run), run, new NoBuildLog(run), SparkRuntime.get());
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
