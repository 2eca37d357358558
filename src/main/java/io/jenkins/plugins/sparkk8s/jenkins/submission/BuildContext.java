package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an application takes from the build it belongs to. Asked each time, since after a restart all of it is new. */
public interface BuildContext {
    /** What is to be submitted. */
    SubmissionArguments arguments() throws IOException, InterruptedException;

    Run<?, ?> run() throws IOException, InterruptedException;

    TaskListener listener() throws IOException, InterruptedException;

    EnvVars environment() throws IOException, InterruptedException;

    /** Names of environment variables that are secret to the build: what {@code withCredentials} gives, and password parameters. */
    Set<String> sensitiveVariables() throws IOException, InterruptedException;

    /** What those variables hold now; ordered, so that it is the same after a restart. */
    default Set<String> sensitiveValues() throws IOException, InterruptedException {
        EnvVars environment = environment();
        return sensitiveVariables().stream()
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The workspace; null when there is none.
     *
     * @throws IOException when there is one, but its agent is offline
     */
    FilePath workspace() throws IOException, InterruptedException;

    /** Returns when the build would resume from here after a crash of the controller. */
    void saveState() throws IOException, InterruptedException;
}
