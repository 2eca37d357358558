package io.jenkins.plugins.sparkk8s.jenkins.build;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogDownloads;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogFolder;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordFiles;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedWait;
import io.jenkins.plugins.sparkk8s.jenkins.record.ShownRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.RunAction2;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The Spark applications of one build, kept with it: its boxes on the build page, the page and remote API at
 * {@code <build>/spark/}, and what a restart resumes from.
 *
 * <p>Pages read while builds write: the list is replaced and never changed, so that a reader, or the saving of the
 * build, sees it as it was at one moment.
 *
 * <p>A record is saved in a file of its own, see {@link RecordFiles}. The build's XML, which has all records, is saved
 * when the first is begun, when a tenth of them has ended since, and at the end of the build: what is written grows
 * with what changes.
 */
@ExportedBean
public final class SparkApplicationsAction implements RunAction2, StaplerProxy {
    /** How many applications are listed in full; of older ones that ended, only what a list shows is kept. */
    static final int IN_FULL = 100;

    /** How many are kept at all, so that a build's file stays bounded however long the build loops. */
    static final int KEPT = 1000;

    static final String URL_NAME = "spark";

    /** The build's XML is saved when one of so many records has ended since. */
    private static final int SHARE = 10;

    private volatile List<ApplicationRecord> applications = new ArrayList<>();
    private volatile int begun;
    private transient Run<?, ?> run;

    /** Ids of the records with files of their own; null before the first. Guarded by this. */
    private transient Set<String> apart;

    /** Whether the build's XML has this action, so that the files are looked for. Guarded by this. */
    private transient boolean kept;

    SparkApplicationsAction() {}

    /** The action of a build, which is added when it has none yet. */
    public static SparkApplicationsAction of(Run<?, ?> run) {
        synchronized (run) {
            SparkApplicationsAction action = run.getAction(SparkApplicationsAction.class);
            if (action == null) {
                action = new SparkApplicationsAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /**
     * Begins the record of one more application; to be saved before anything is done for it.
     *
     * @param id unique, also beyond this build
     * @param cluster name of the configured cluster
     */
    public ApplicationRecord begin(String id, String cluster, ApplicationIdentity identity, Instant start) {
        return add(new ApplicationRecord(id, cluster, identity, start));
    }

    /**
     * A copy of another record, for this build to wait for the application; to be saved before anything is done for it. An earlier copy
     * with the same id is replaced.
     *
     * @param id unique, also beyond this build
     */
    public synchronized ApplicationRecord waitFor(String id, ApplicationRecord awaited, RecordedWait wait) {
        ApplicationRecord copy = awaited.copyForWait(id, wait);
        Optional<ApplicationRecord> earlier = find(id);
        if (earlier.isEmpty()) {
            return add(copy);
        }
        List<ApplicationRecord> all = new ArrayList<>(applications());
        all.set(all.indexOf(earlier.get()), copy);
        applications = all;
        return copy;
    }

    private synchronized ApplicationRecord add(ApplicationRecord application) {
        List<ApplicationRecord> all = new ArrayList<>(applications());
        int done = all.size() - IN_FULL;
        all.stream().limit(Math.max(0, done)).filter(ApplicationRecord::isDone).forEach(ApplicationRecord::shorten);
        if (all.size() >= KEPT) {
            all.stream().filter(ApplicationRecord::isDone).findFirst().ifPresent(oldest -> {
                all.remove(oldest);
                deleteFile(oldest.id());
            });
        }
        all.add(application);
        applications = all;
        begun++;
        return application;
    }

    /** The record of a build's application; empty when the build has none by that id. */
    public static Optional<ApplicationRecord> find(Run<?, ?> run, String id) {
        SparkApplicationsAction action = run.getAction(SparkApplicationsAction.class);
        return action == null ? Optional.empty() : action.find(id);
    }

    public Optional<ApplicationRecord> find(String id) {
        return applications().stream()
                .filter(application -> id.equals(application.id()))
                .findFirst();
    }

    /** The record that an application of this build was submitted with; empty when none has that application id. */
    public Optional<ApplicationRecord> findApplication(String applicationId) {
        return applications().stream()
                .filter(record -> record.awaited() == null)
                .filter(record -> record.identity().applicationId().equals(applicationId))
                .findFirst();
    }

    /** In the order they were begun, also copies for waiting; of very many, the oldest that ended are not kept. */
    public List<ApplicationRecord> applications() {
        List<ApplicationRecord> current = applications;
        return current == null ? List.of() : List.copyOf(current);
    }

    /** How the applications stand, in the order they were begun. */
    @Exported(name = "applications", visibility = SparkApplicationRun.VISIBILITY - 1)
    public List<SparkApplicationRun> getApplications() {
        boolean building = run.isBuilding();
        Instant now = Instant.now();
        return ShownRecords.of(applications()).stream()
                .map(application -> SparkApplicationRun.of(application, building, now))
                .toList();
    }

    /** How many applications the build has begun, or waits for, those that are no longer kept included. */
    @Exported(visibility = SparkApplicationRun.VISIBILITY - 1)
    public int getTotal() {
        List<ApplicationRecord> all = applications();
        return begun - all.size() + ShownRecords.of(all).size();
    }

    /** What the build page shows; served at {@code <build>/spark/overview/} to keep its boxes up to date. */
    @StaplerDispatchable
    public ApplicationOverview getOverview() {
        ApplicationOverview overview = overview();
        refreshProgress(overview.getBoxes());
        return overview;
    }

    private ApplicationOverview overview() {
        return new ApplicationOverview(getApplications(), getTotal(), run.isBuilding(), url(run), LogLinks.of(run));
    }

    /** A user looks at these applications, whose progress is read more often for a while. */
    private void refreshProgress(List<ApplicationBox> shown) {
        Set<String> open = shown.stream()
                .filter(box -> !box.isSettled())
                .map(ApplicationBox::getId)
                .collect(Collectors.toSet());
        applications().stream()
                .filter(application -> open.contains(application.id()))
                .forEach(ApplicationRecord::refreshProgress);
    }

    /** Rows of the page, which keep it up to date; served at {@code <build>/spark/rows/<number>/}. */
    @StaplerDispatchable
    public ApplicationRows getRows(int from) {
        ApplicationRows rows = new ApplicationRows(overview(), from);
        refreshProgress(rows.getRows());
        return rows;
    }

    /**
     * The logs that are kept of one application; served at {@code <build>/spark/logs/<id>/}.
     *
     * @return null, which is not found, when there is no such application
     */
    @StaplerDispatchable
    public LogDownloads getLogs(String id) {
        return find(id).map(record -> new LogDownloads(LogFolder.of(run, record.id())))
                .orElse(null);
    }

    static String url(Run<?, ?> run) {
        return run.getUrl() + URL_NAME + "/";
    }

    /** For pages: the build. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** Serves {@code <build>/spark/api/}. */
    public Api getApi() {
        applications().forEach(ApplicationRecord::refreshProgress);
        return new Api(this);
    }

    /** Whatever is below {@code <build>/spark/} is for those who may see the build. */
    @Override
    public Object getTarget() {
        run.checkPermission(Item.READ);
        return this;
    }

    /** Saves one record; returns when it is on the disk. A build that was deleted stays deleted. */
    public void save(ApplicationRecord record) throws IOException {
        files().write(record);
        if (isBuildToBeSaved(record.id())) {
            save();
        }
    }

    private synchronized boolean isBuildToBeSaved(String id) {
        apart().add(id);
        List<ApplicationRecord> all = applications();
        long ended = all.stream()
                .filter(record -> record.hasEnded() && apart().contains(record.id()))
                .count();
        return !kept || ended > all.size() / SHARE;
    }

    /**
     * Saves the build, and with it all records; returns when they are on the disk. A build that was deleted stays
     * deleted.
     */
    public void save() throws IOException {
        if (!run.getRootDir().isDirectory()) {
            return;
        }
        List<String> done = applications().stream()
                .filter(ApplicationRecord::isDone)
                .map(ApplicationRecord::id)
                .toList();
        run.save();
        synchronized (this) {
            kept = true;
        }
        done.forEach(this::deleteFile);
    }

    private synchronized void deleteFile(String id) {
        if (apart().remove(id)) {
            files().delete(id);
        }
    }

    private synchronized Set<String> apart() {
        if (apart == null) {
            apart = new HashSet<>();
        }
        return apart;
    }

    private RecordFiles files() {
        return new RecordFiles(run.getRootDir());
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
        files().read().forEach(this::loaded);
        synchronized (this) {
            kept = true;
        }
    }

    /** What has a file is newer than what the build has, unless that is complete. */
    private synchronized void loaded(ApplicationRecord record) {
        apart().add(record.id());
        List<ApplicationRecord> all = new ArrayList<>(applications());
        Optional<ApplicationRecord> earlier = find(record.id());
        if (earlier.isEmpty()) {
            all.add(record);
            all.sort(Comparator.comparing(ApplicationRecord::startTime));
            begun++;
        } else if (!earlier.get().isDone()) {
            all.set(all.indexOf(earlier.get()), record);
        }
        applications = all;
    }

    @Override
    public String getIconFileName() {
        return applications().isEmpty() ? null : "symbol-analytics";
    }

    @Override
    public String getDisplayName() {
        return Messages.Action_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }
}
