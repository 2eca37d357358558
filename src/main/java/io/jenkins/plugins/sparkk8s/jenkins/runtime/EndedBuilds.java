package io.jenkins.plugins.sparkk8s.jenkins.runtime;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends the applications of builds that end without waiting for them: a Pipeline that is terminated the hard way does not ask
 * its steps to stop. Then saves all of their records in one place.
 */
@Extension
public final class EndedBuilds extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(EndedBuilds.class.getName());

    @Override
    public void onFinalized(Run<?, ?> run) {
        SparkRuntime.get().buildEnded(run);
        SparkApplicationsAction applications = run.getAction(SparkApplicationsAction.class);
        if (applications != null) {
            try {
                applications.save();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The applications of " + run + " keep files of their own");
            }
        }
    }
}
