package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.sparkk8s.jenkins.agent.Removal.OldMarker;
import io.jenkins.plugins.sparkk8s.staging.cleaning.ApplicationStates;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The door to what runs where the workspace is. Called on the controller, not in a Pipeline's own thread: it waits for
 * the agent, for as long as uploading takes.
 *
 * <p>Without a workspace the same is done on the controller, where no local file may be named.
 */
public final class WorkspaceSubmission {
    private WorkspaceSubmission() {}

    /**
     * Finds every error that can be found before anything is uploaded or created.
     *
     * @param workspace null when the step has none
     * @param log the build log, which the agent writes to
     * @return the driver's objects as they will be, but for the places of uploaded files, and the directories that
     * staging will make, to be noted down before; nothing has been uploaded
     * @throws AbortException with one sentence a line when the request is wrong
     * @throws IOException when the agent is gone
     */
    public static PreparedSubmission check(SubmissionRequest request, FilePath workspace, TaskListener log)
            throws IOException, InterruptedException {
        return run(request, workspace, log, false);
    }

    /**
     * Uploads the files and makes the driver's objects. A repeat with the same identity writes to the same directories.
     *
     * @param workspace null when the step has none
     * @param log the build log, which the agent writes to
     * @throws AbortException with one sentence a line when the request is wrong, {@link UploadFailedException} when a
     * file cannot be uploaded; nothing is left then, but for what that names
     * @throws IOException when the agent is gone; directories of the application may be left
     * @throws InterruptedException when the thread is interrupted; the agent removes what it has uploaded
     */
    public static PreparedSubmission stage(SubmissionRequest request, FilePath workspace, TaskListener log)
            throws IOException, InterruptedException {
        return run(request, workspace, log, true);
    }

    private static PreparedSubmission run(
            SubmissionRequest request, FilePath workspace, TaskListener log, boolean upload)
            throws IOException, InterruptedException {
        Preparation preparation = new Preparation(request, upload, scratch(workspace), log);
        Answer answer = workspace == null ? preparation.withoutWorkspace() : there(() -> workspace.act(preparation));
        if (answer.prepared() == null) {
            String problems = answer.problems().stream().map(PlainText::lines).collect(Collectors.joining("\n"));
            throw answer.failure() == null
                    ? new AbortException(problems)
                    : new UploadFailedException(problems, answer.failure());
        }
        try {
            return new AnswerCheck(request).verified(answer.prepared());
        } catch (UntrustedAnswerException e) {
            throw new AbortException(
                    "The agent answered with %s, which was not requested. Nothing was created; check the agent."
                            .formatted(PlainText.line(e.getMessage())));
        }
    }

    /** What is done on the node of a path. */
    interface Remote<T> {
        T call() throws IOException, InterruptedException;
    }

    /** Remoting reports a connection that breaks during a call by an unchecked exception. */
    static <T> T there(Remote<T> remote) throws IOException, InterruptedException {
        try {
            return remote.call();
        } catch (RequestAbortedException e) {
            throw new IOException("the connection to the agent was lost (%s)".formatted(e.getMessage()), e);
        }
    }

    private static String scratch(FilePath workspace) {
        FilePath folder = workspace == null ? null : WorkspaceList.tempDir(workspace);
        return folder == null ? null : folder.getRemote();
    }

    /**
     * Removes directories that {@link #stage} made, with the cluster's settings of Hadoop.
     *
     * @param defaults configuration of the cluster: {@code spark.hadoop.*}
     * @param uploads where the controller may do it, whatever the record of an application says, and the credential for it; what
     * the job itself says of the storage counts on a node alone
     * @param node any path on the node that staged; null to do it on the controller
     * @param states finds out on the controller about other applications, whose markers are old
     * @return one sentence for each cause that directories are left for; empty when all are gone
     * @throws IOException when the agent is gone
     */
    public static List<String> delete(
            List<String> directories,
            Map<String, String> defaults,
            UploadAccess uploads,
            FilePath node,
            ApplicationStates states)
            throws IOException, InterruptedException {
        Removal removal = delete(directories, defaults, uploads, node);
        List<String> ended = removal.old().stream()
                .filter(old -> UploadDirectories.isOf(old.applicationId(), old.path())
                        && states.hasEnded(old.applicationId(), old.master(), old.namespace()))
                .map(OldMarker::path)
                .toList();
        List<String> left = new ArrayList<>(removal.left());
        if (!ended.isEmpty()) {
            left.addAll(delete(ended, defaults, uploads, node).left());
        }
        return left.stream().map(PlainText::line).toList();
    }

    private static Removal delete(
            List<String> directories, Map<String, String> defaults, UploadAccess uploads, FilePath node)
            throws IOException, InterruptedException {
        return node == null
                ? deleteHere(directories, defaults, uploads)
                : deleteThere(
                        new Deletion(
                                new ArrayList<>(directories),
                                new TreeMap<>(defaults),
                                new TreeMap<>(uploads.job().settings()),
                                new TreeMap<>(uploads.job().secrets()),
                                uploads),
                        node);
    }

    /**
     * As {@link #delete(List, Map, UploadAccess, FilePath, ApplicationStates)}, also with what the step itself says about the file system;
     * on the controller that is left aside. A properties file is not read again.
     */
    public static List<String> delete(List<String> directories, SubmissionRequest request, FilePath node)
            throws IOException, InterruptedException {
        Removal removal = node == null
                ? deleteHere(directories, request.defaults(), request.uploads())
                : deleteThere(
                        new Deletion(
                                new ArrayList<>(directories),
                                new TreeMap<>(request.defaults()),
                                new TreeMap<>(request.conf()),
                                new TreeMap<>(request.secrets()),
                                request.uploads()),
                        node);
        return removal.left().stream().map(PlainText::line).toList();
    }

    private static Removal deleteThere(Deletion deletion, FilePath node) throws IOException, InterruptedException {
        return there(() -> node.act(deletion));
    }

    /** The controller contacts only file systems that an administrator named: a job would send it to any host. */
    private static Removal deleteHere(List<String> directories, Map<String, String> defaults, UploadAccess uploads) {
        Map<Boolean, List<String>> byPlace =
                directories.stream().collect(Collectors.partitioningBy(uploads.policy()::isConfigured));
        ArrayList<String> left = new ArrayList<>();
        if (!byPlace.get(false).isEmpty()) {
            left.add(
                    "%s could not be removed: the agent that uploaded it is offline, and the controller contacts only upload paths of the cluster's configuration. Remove it by hand."
                            .formatted(StagedArtifacts.names(byPlace.get(false))));
        }
        Deletion deletion = new Deletion(
                new ArrayList<>(byPlace.get(true)), new TreeMap<>(defaults), new TreeMap<>(), new TreeMap<>(), uploads);
        Removal removal = deletion.run();
        left.addAll(removal.left());
        return new Removal(left, removal.old());
    }
}
