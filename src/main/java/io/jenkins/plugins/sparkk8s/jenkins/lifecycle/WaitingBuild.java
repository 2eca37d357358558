package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationLog;
import io.jenkins.plugins.sparkk8s.jenkins.log.BuildLog;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.submission.AgentWorkspace;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A build waits, and receives the end once. */
final class WaitingBuild implements Attachment {
    private static final Logger LOGGER = Logger.getLogger(WaitingBuild.class.getName());

    private final BuildContext build;
    private final ApplicationCallback callback;
    private final AtomicBoolean reported = new AtomicBoolean();

    WaitingBuild(BuildContext build, ApplicationCallback callback) {
        this.build = build;
        this.callback = callback;
    }

    BuildContext build() {
        return build;
    }

    @Override
    public Run<?, ?> run() throws IOException, InterruptedException {
        return build.run();
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public Map<String, String> conf() throws IOException, InterruptedException {
        return build.arguments().conf();
    }

    @Override
    public Set<String> sensitiveValues() throws IOException, InterruptedException {
        return build.sensitiveValues();
    }

    @Override
    public ApplicationLog log() throws IOException, InterruptedException {
        return new BuildLog(build.run(), build.listener().getLogger());
    }

    /**
     * Name of the node that has the workspace; empty for the built-in one and an offline one, null when there is no
     * workspace.
     */
    String agent() throws InterruptedException {
        try {
            FilePath workspace = build.workspace();
            return workspace == null ? null : AgentWorkspace.agent(workspace);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The agent with the workspace is offline.", e);
            return "";
        }
    }

    /** False when it received an end already; from now on it receives nothing. */
    boolean leave() {
        return reported.compareAndSet(false, true);
    }

    @Override
    public void ended(ApplicationRecord record) {
        if (leave()) {
            callback.ended(record);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (leave()) {
            callback.failed(cause);
        }
    }
}
