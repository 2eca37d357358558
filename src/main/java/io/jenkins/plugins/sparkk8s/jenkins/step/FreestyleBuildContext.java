package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionArguments;
import java.util.Set;

/** The context of a build step of a freestyle job, which ends with the controller. */
record FreestyleBuildContext(
        SparkK8sSubmitStep step, Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener)
        implements BuildContext {

    @Override
    public SubmissionArguments arguments() {
        return new StepArguments(step, environment);
    }

    @Override
    public Set<String> sensitiveVariables() {
        return run instanceof AbstractBuild<?, ?> build ? build.getSensitiveBuildVariables() : Set.of();
    }

    @Override
    public void saveState() {
        // The record of the application, which is saved with the build, is all that survives.
    }
}
