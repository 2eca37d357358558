package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;

/** What an application takes from the build it belongs to. Asked each time, since after a restart all of it is new. */
public interface BuildContext {
    /** What is to be submitted. */
    SubmissionArguments arguments() throws IOException, InterruptedException;

    Run<?, ?> run() throws IOException, InterruptedException;

    TaskListener listener() throws IOException, InterruptedException;

    EnvVars environment() throws IOException, InterruptedException;

    /**
     * The workspace; null when there is none.
     *
     * @throws IOException when there is one, but its agent is offline
     */
    FilePath workspace() throws IOException, InterruptedException;

    /** Returns when the build would resume from here after a crash of the controller. */
    void saveState() throws IOException, InterruptedException;
}
