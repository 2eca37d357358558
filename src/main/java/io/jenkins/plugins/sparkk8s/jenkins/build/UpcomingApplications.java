package io.jenkins.plugins.sparkk8s.jenkins.build;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Run;
import java.util.List;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.StaplerProxy;

/**
 * Stands for the applications of a build that has begun none: an empty place on its page, which shows their boxes when they
 * come. It is never kept; as soon as the build has {@link SparkApplicationsAction}, the same URL is that one's.
 */
public final class UpcomingApplications implements Action, StaplerProxy {
    private final Run<?, ?> run;

    public UpcomingApplications(Run<?, ?> run) {
        this.run = run;
    }

    /** Without any application. */
    @StaplerDispatchable
    public ApplicationOverview getOverview() {
        return new ApplicationOverview(List.of(), 0, run.isBuilding(), SparkApplicationsAction.url(run));
    }

    /** Whatever is below {@code <build>/spark/} is for those who may see the build. */
    @Override
    public Object getTarget() {
        run.checkPermission(Item.READ);
        return this;
    }

    /** There is nothing to go to. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.Action_DisplayName();
    }

    @Override
    public String getUrlName() {
        return SparkApplicationsAction.URL_NAME;
    }
}
