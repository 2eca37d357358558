package io.jenkins.plugins.sparkk8s.jenkins.watch;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationLog;
import java.io.IOException;

/** The build that a watch is for: its folder has the checkpoint, its log the lines. */
public interface WatchingBuild {
    Run<?, ?> run() throws IOException, InterruptedException;

    /** Whether the build waits; a log that is not shown is not read. */
    boolean waits();

    /** Where lines about the application go. */
    ApplicationLog log() throws IOException, InterruptedException;
}
