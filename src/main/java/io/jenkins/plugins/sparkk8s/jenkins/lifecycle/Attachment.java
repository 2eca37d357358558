package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.jenkins.watch.WatchingBuild;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** How an application is connected with its build: the build waits for it, or it runs on without. */
sealed interface Attachment extends WatchingBuild permits WaitingBuild, NoBuild {

    /** The build that the application belongs to, whether it waits or not. */
    @Override
    Run<?, ?> run() throws IOException, InterruptedException;

    /** Spark's keys and values of the step, without secretConf; empty when no build waits. */
    Map<String, String> conf() throws IOException, InterruptedException;

    /** As {@link BuildContext#sensitiveValues}; empty when no build waits. */
    Set<String> sensitiveValues() throws IOException, InterruptedException;

    /** The application has ended, or is one that the build need not wait for. */
    void ended(ApplicationRecord record);

    /** The application failed, or was stopped. */
    void failed(Throwable cause);
}
