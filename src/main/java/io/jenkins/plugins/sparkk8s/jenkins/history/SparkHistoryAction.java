package io.jenkins.plugins.sparkk8s.jenkins.history;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Job;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The Spark applications of a job's last builds: a chart on the job page, and the page and remote API at {@code <job>/spark/}. It is
 * never kept, and reads nothing before it is looked at.
 */
@ExportedBean
public final class SparkHistoryAction implements Action, StaplerProxy {
    static final String URL_NAME = "spark";

    /** How many names a page has at most. */
    static final int MOST_SERIES = 20;

    /** The same for the job page, which has other things to show. */
    static final int MOST_SERIES_OF_A_JOB_PAGE = 3;

    /** How many runs of each name the job page has. */
    static final int RUNS_OF_A_JOB_PAGE = 15;

    private final Job<?, ?> job;

    public SparkHistoryAction(Job<?, ?> job) {
        this.job = job;
    }

    private JobHistory history() {
        return JobHistory.of(job);
    }

    /** Whether there is anything to show; costs a look for one file. */
    public boolean isShown() {
        return history().exists();
    }

    /** Below Jenkins' own; ends with a slash. */
    public String getUrl() {
        return job.getUrl() + URL_NAME + "/";
    }

    /** For pages. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** What the page shows. */
    public HistoryContent getContent() {
        return new HistoryContent(
                HistorySeries.of(history().read(), RecordedHistory.KEPT_OF_A_NAME, job.getUrl()), MOST_SERIES, true);
    }

    /** What the job page fetches; served at {@code <job>/spark/recent/}. */
    @StaplerDispatchable
    public RecentHistory getRecent() {
        List<HistorySeries> all = HistorySeries.of(history().read(), RUNS_OF_A_JOB_PAGE, job.getUrl());
        return new RecentHistory(new HistoryContent(all, MOST_SERIES_OF_A_JOB_PAGE, false));
    }

    /** The last application first. Not part of the job's own answer unless it is asked for. */
    @Exported
    public List<HistoryEntry> getApplications() {
        List<HistoryEntry> all = new ArrayList<>(history().read());
        Collections.reverse(all);
        return all;
    }

    /** Serves {@code <job>/spark/api/}. */
    public Api getApi() {
        return new Api(this);
    }

    /** Whatever is below {@code <job>/spark/} is for those who may see the job. */
    @Override
    public Object getTarget() {
        job.checkPermission(Item.READ);
        return this;
    }

    @Override
    public String getIconFileName() {
        return isShown() ? "symbol-analytics" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.History_title();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }
}
