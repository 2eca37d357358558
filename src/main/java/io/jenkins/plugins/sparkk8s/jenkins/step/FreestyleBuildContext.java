package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.BuildContext;

/** The context of a build step of a freestyle job, which ends with the controller. */
record FreestyleBuildContext(Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener)
        implements BuildContext {

    @Override
    public void saveState() {
        // The record of the application, which is saved with the build, is all that survives.
    }
}
