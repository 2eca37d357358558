package io.jenkins.plugins.sparkk8s.jenkins.overview;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplication;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** An application of {@link SparkOverview}; of a build that the user may not see, only the cluster and what is left. */
@ExportedBean(defaultVisibility = SparkOverview.VISIBILITY)
public final class OverviewApplication {
    private static final Logger LOGGER = Logger.getLogger(OverviewApplication.class.getName());

    /** Directories of an application. */
    private static final int MOST_DIRECTORIES = 10;

    private final String cluster;
    private final String build;
    private final String url;
    private final SparkApplicationRun application;
    private final boolean leftOnCluster;
    private final List<String> uploads;

    private OverviewApplication(String cluster, Run<?, ?> run, ApplicationRecord record, List<String> uploads) {
        this.cluster = cluster;
        this.build = run == null ? null : run.getExternalizableId();
        this.url = run == null ? null : run.getUrl();
        this.application = run == null || record == null ? null : SparkApplicationRun.of(record);
        this.leftOnCluster = record != null && record.isLeftOnCluster();
        this.uploads = uploads;
    }

    /** @param known null when no build waits and nothing is being done for it */
    static OverviewApplication of(String id, OpenApplication open, ApplicationRecord known) {
        Run<?, ?> run = visible(open.build());
        ApplicationRecord record = known != null || run == null
                ? known
                : SparkApplicationsAction.find(run, id).orElse(null);
        List<String> uploads = record == null ? open.uploads().directories() : record.uploadsToRemove();
        return new OverviewApplication(
                open.cluster(),
                run,
                record,
                run == null
                        ? List.of()
                        : uploads.stream().limit(MOST_DIRECTORIES).toList());
    }

    /** Null when it was discarded, or the user may not see it. */
    private static Run<?, ?> visible(String build) {
        try {
            return Run.fromExternalizableId(build);
        } catch (AccessDeniedException e) {
            // The user may know that there is such a job, and no more.
            LOGGER.log(Level.FINEST, e, () -> build);
            return null;
        }
    }

    /** Name of the configured cluster; null when an earlier version recorded it. */
    @Exported
    public String getCluster() {
        return cluster;
    }

    /** Full name of the job and number of the build; null when it was discarded, or the user may not see it. */
    @Exported
    public String getBuild() {
        return build;
    }

    /** Of the build, below Jenkins' own; null as the build. */
    @Exported
    public String getUrl() {
        return url;
    }

    /** As the build page has it; null as the build. */
    @Exported
    public SparkApplicationRun getApplication() {
        return application;
    }

    /** Whether its driver, or what belongs to it, could not be removed from the cluster yet. */
    @Exported
    public boolean isLeftOnCluster() {
        return leftOnCluster;
    }

    /** Directories with its marks, which are removed at its end; at most ten. */
    @Exported
    public List<String> getUploads() {
        return List.copyOf(uploads);
    }
}
