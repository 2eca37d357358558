package io.jenkins.plugins.sparkk8s.jenkins.overview;

import io.jenkins.plugins.sparkk8s.jenkins.cluster.ApiErrorCounts;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueueCounts;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A cluster of {@link SparkOverview}. */
@ExportedBean(defaultVisibility = SparkOverview.VISIBILITY)
public final class OverviewCluster {
    private final SparkCluster cluster;
    private final int running;
    private final int queued;
    private final Map<String, Long> apiErrors;

    OverviewCluster(SparkCluster cluster, QueueCounts counts, ApiErrorCounts errors) {
        this.cluster = cluster;
        this.running = counts.running(cluster.getName());
        this.queued = counts.queued(cluster.getName());
        this.apiErrors = errors.of(cluster);
    }

    @Exported
    public String getName() {
        return cluster.getName();
    }

    /** Null for no limit. */
    @Exported
    public Integer getMaxApplications() {
        return cluster.getMaxApplications();
    }

    /** Null for no limit. */
    @Exported
    public Integer getMaxApplicationsPerJob() {
        return cluster.getMaxApplicationsPerJob();
    }

    /** Submitted, or being submitted, and not ended. */
    @Exported
    public int getRunning() {
        return running;
    }

    @Exported
    public int getQueued() {
        return queued;
    }

    /** How often its API server did not do what it was asked, since this controller runs: by what went wrong. */
    @Exported
    public Map<String, Long> getApiErrors() {
        return apiErrors;
    }
}
