package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.agent.PreparedSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.agent.SubmissionRequest;
import io.jenkins.plugins.sparkk8s.jenkins.agent.WorkspaceSubmission;
import io.jenkins.plugins.sparkk8s.submission.StagedApplication;
import io.jenkins.plugins.sparkk8s.submission.Submission;
import java.io.IOException;

/**
 * The workspace of a step: on its agent, or on the controller when there is none, where no local file may be named.
 *
 * @param path null when the step has no workspace
 * @param secrets are hidden as soon as the whole configuration is known
 */
public record AgentWorkspace(SubmissionRequest request, FilePath path, ApplicationSecrets secrets, TaskListener log)
        implements Submission.Workspace {

    @Override
    public Submission.Prepared prepare() throws IOException, InterruptedException {
        PreparedSubmission prepared = WorkspaceSubmission.check(request, path, log);
        secrets.prepared(prepared.preview().properties());
        return prepared;
    }

    @Override
    public StagedApplication stage() throws IOException, InterruptedException {
        return WorkspaceSubmission.stage(request, path, log).staged();
    }

    /** Name of its node; empty for the built-in one, and when there is no workspace. */
    String agent() {
        return agent(path);
    }

    /**
     * Name of the node that has a workspace; empty for the built-in one.
     *
     * @param path null when there is no workspace
     */
    public static String agent(FilePath path) {
        Computer computer = path == null ? null : path.toComputer();
        return computer == null ? "" : computer.getName();
    }
}
