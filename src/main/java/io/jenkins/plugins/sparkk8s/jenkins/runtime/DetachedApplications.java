package io.jenkins.plugins.sparkk8s.jenkins.runtime;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.Followers;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.UnattendedApplications;

/**
 * Once a minute, gives the applications that no build waits for to {@link UnattendedApplications}: those of builds that did not
 * want to wait, and those of builds that a restart of the controller ended. When such an application has ended, its record has
 * the result and its uploads are removed. What could not be removed at an application's end, since its cluster was unreachable,
 * is removed later, as are driver pods whose time is over.
 */
@Extension
public final class DetachedApplications extends PeriodicWork {
    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    public long getInitialDelay() {
        return MIN / 6;
    }

    @Override
    public void doRun() {
        SparkRuntime.get().startMetrics();
        SparkRuntime.get().unattended().search();
        SparkRuntime.get().context().retained().removeDue();
        SparkRuntime.get().context().followers().each(Followers.Follower::changed);
    }
}
