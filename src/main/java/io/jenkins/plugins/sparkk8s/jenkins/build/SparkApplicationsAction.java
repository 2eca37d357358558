package io.jenkins.plugins.sparkk8s.jenkins.build;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogDownloads;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogFolder;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecords;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordStore;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedWait;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
 * <p>The records are in {@link ApplicationRecords}, which is stored with this; {@link RecordStore} saves them.
 */
@ExportedBean
@XStreamAlias("sparkApplications")
public final class SparkApplicationsAction implements RunAction2, StaplerProxy {
    static final String URL_NAME = "spark";

    /** Null only while another version's build is being read. */
    private ApplicationRecords records = new ApplicationRecords();

    private transient Run<?, ?> run;

    /** Null until this is attached to a build. */
    private transient RecordStore store;

    SparkApplicationsAction() {}

    /** Another version may have written less. */
    private Object readResolve() {
        records = Objects.requireNonNullElseGet(records, ApplicationRecords::new);
        return this;
    }

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
        ApplicationRecord record = records.begin(id, cluster, identity, start);
        store.deleteDropped();
        return record;
    }

    /**
     * A copy of another record, for this build to wait for the application; to be saved before anything is done for it. An earlier copy
     * with the same id is replaced.
     *
     * @param id unique, also beyond this build
     */
    public ApplicationRecord waitFor(String id, ApplicationRecord awaited, RecordedWait wait) {
        ApplicationRecord copy = records.waitFor(id, awaited, wait);
        store.deleteDropped();
        return copy;
    }

    /** As {@link ApplicationRecords#takeLeft}; its file goes with it. */
    public Optional<ApplicationRecord> takeLeft(String record) {
        Optional<ApplicationRecord> left = records.takeLeft(record);
        left.ifPresent(copy -> store.delete(copy.id()));
        return left;
    }

    /** The record of a build's application; empty when the build has none by that id. */
    public static Optional<ApplicationRecord> find(Run<?, ?> run, String id) {
        SparkApplicationsAction action = run.getAction(SparkApplicationsAction.class);
        return action == null ? Optional.empty() : action.find(id);
    }

    public Optional<ApplicationRecord> find(String id) {
        return records.find(id);
    }

    /** The record that an application of this build was submitted with; empty when none has that application id. */
    public Optional<ApplicationRecord> findApplication(String applicationId) {
        return records.findApplication(applicationId);
    }

    /** In the order they were begun, also copies for waiting; of very many, the oldest that ended are not kept. */
    public List<ApplicationRecord> applications() {
        return records.all();
    }

    /** How the applications stand, in the order they were begun. */
    @Exported(name = "applications", visibility = SparkApplicationRun.VISIBILITY - 1)
    public List<SparkApplicationRun> getApplications() {
        boolean building = run.isBuilding();
        Instant now = Instant.now();
        return records.shown().stream()
                .map(application -> SparkApplicationRun.of(application, building, now))
                .toList();
    }

    /** How many applications the build has begun, or waits for, those that are no longer kept included. */
    @Exported(visibility = SparkApplicationRun.VISIBILITY - 1)
    public int getTotal() {
        return records.total();
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
        store.save(record);
    }

    /** Saves the build, and with it all records; returns when they are on the disk. A build that was deleted stays deleted. */
    public void save() throws IOException {
        store.save();
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
        store = new RecordStore(owner, records);
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        onAttached(owner);
        store.load();
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
