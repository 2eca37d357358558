package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;

/**
 * Ends the applications of builds that end without waiting for them: a Pipeline that is terminated the hard way does not ask
 * its steps to stop.
 */
@Extension
public final class EndedBuilds extends RunListener<Run<?, ?>> {
    @Override
    public void onFinalized(Run<?, ?> run) {
        SparkRuntime.get().buildEnded(run);
    }
}
