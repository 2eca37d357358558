package io.jenkins.plugins.sparkk8s.jenkins.runtime;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import io.jenkins.plugins.sparkk8s.jenkins.overview.SparkOverview;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.StaplerProxy;

/**
 * For administrators: what runs on which cluster for which build, what is queued, and what is left to be cleaned up. Served at
 * {@code spark-applications/api/json}, and in parts at {@code spark-applications/from/100/api/json}.
 */
@Extension
public final class SparkOverviewAction implements RootAction, StaplerProxy {
    /** Whatever is below its URL is for those who may see the system configuration. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkAnyPermission(Jenkins.MANAGE, Jenkins.SYSTEM_READ);
        return this;
    }

    /** Serves {@code spark-applications/api/}. */
    public Api getApi() {
        return getFrom(0).getApi();
    }

    /**
     * A part of the lists.
     *
     * @param first how many entries of each list are left out before it
     */
    @StaplerDispatchable
    public SparkOverview getFrom(int first) {
        return SparkOverview.of(SparkRuntime.get().context(), Math.max(0, first));
    }

    /** There is no page to go to. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "spark-applications";
    }
}
