package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;

/** One run of the build step. */
final class FreestyleSubmission {
    private final SparkK8sSubmitStep submission;

    FreestyleSubmission(SparkK8sSubmitStep submission) {
        this.submission = submission;
    }

    void run(Run<?, ?> run, FilePath workspace, EnvVars env, TaskListener listener)
            throws InterruptedException, IOException {
        throw new AbortException("Cannot submit " + submission.getApplication() + " yet.");
    }
}
