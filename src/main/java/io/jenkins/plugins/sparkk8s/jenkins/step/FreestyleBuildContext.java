package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionArguments;

/** The context of a build step of a freestyle job, which ends with the controller. */
record FreestyleBuildContext(
        SparkK8sSubmitStep step, Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener)
        implements BuildContext {

    @Override
    public SubmissionArguments arguments() {
        return new StepArguments(step, environment);
    }

    @Override
    public void saveState() {
        // The record of the application, which is saved with the build, is all that survives.
    }
}
