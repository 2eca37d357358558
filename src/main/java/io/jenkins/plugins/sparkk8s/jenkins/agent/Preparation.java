package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.sparkk8s.application.LocalFileAccess;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.agents.ControllerToAgentFileCallable;
import jenkins.util.JenkinsJVM;

/**
 * Checks or stages one request on the node that has the workspace.
 *
 * @param upload whether to upload files; else everything is only checked
 * @param scratch path on that node where temporary files may be made; null for the system's place
 * @param log the build log
 */
record Preparation(SubmissionRequest request, boolean upload, String scratch, TaskListener log)
        implements ControllerToAgentFileCallable<Answer> {

    private static final String NO_WORKSPACE =
            "a local file, but the step has no workspace. Wrap the step in node { }, or name a file that the cluster can read.";

    /** The work itself. */
    private interface Work {
        PreparedSubmission on(SubmissionRun run) throws InterruptedException;
    }

    @Override
    public Answer invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Path folder = workspace.toPath().toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            return withoutFiles(folder);
        }
        Path temporary = temporaryFolder();
        try {
            SubmitterEnvironment environment = new SubmitterEnvironment(
                    Map.of(), request.userName(), folder, LocalFileAccess.within(folder, temporary));
            return answer(new SubmissionRun(
                    request,
                    new LocalWorkspace(environment, new PackedFolders(environment, temporary), digests()),
                    JenkinsJVM.isJenkinsJVM(),
                    Clock.systemUTC()));
        } finally {
            delete(temporary);
            sendLog();
        }
    }

    /** A node that nothing was checked out on has no workspace yet; an application of the image needs none. */
    private Answer withoutFiles(Path workspace) throws IOException, InterruptedException {
        SubmitterEnvironment environment = new SubmitterEnvironment(
                Map.of(),
                request.userName(),
                workspace,
                LocalFileAccess.none(
                        "but the workspace %s does not exist. Check out or unstash files before the step runs."
                                .formatted(workspace)));
        try {
            return answer(new SubmissionRun(
                    request, LocalWorkspace.none(environment), JenkinsJVM.isJenkinsJVM(), Clock.systemUTC()));
        } finally {
            sendLog();
        }
    }

    /** An agent keeps lines for some seconds, and they would come after those that the controller prints next. */
    private void sendLog() throws IOException {
        if (!JenkinsJVM.isJenkinsJVM() && log instanceof AutoCloseable sender) {
            try {
                sender.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("The build log could not be sent.", e);
            }
        }
    }

    /** Does the same in this process, for a request that names no local file. */
    Answer withoutWorkspace() throws InterruptedException {
        SubmitterEnvironment environment = new SubmitterEnvironment(
                Map.of(),
                request.userName(),
                Path.of("").toAbsolutePath(),
                LocalFileAccess.none("which is " + NO_WORKSPACE));
        return answer(new SubmissionRun(request, LocalWorkspace.none(environment), true, Clock.systemUTC()));
    }

    private Answer answer(SubmissionRun run) throws InterruptedException {
        return answered(run).masked(request.uploads().mask());
    }

    private Answer answered(SubmissionRun run) throws InterruptedException {
        Work work = upload ? staging -> staging.stage(this::print) : SubmissionRun::check;
        try {
            return Answer.of(work.on(run));
        } catch (ConfigurationException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            return Answer.refused(e.problems());
        } catch (StagingException e) {
            return Answer.failed(e);
        } catch (ActionableException e) {
            return Answer.refused(List.of(e.getMessage()));
        }
    }

    private void print(String line) {
        log.getLogger().println(PlainText.line(request.uploads().mask().mask(line)));
    }

    /** In the workspace's own temporary folder: another workspace must not say what is in the files of this one. */
    private Path digests() {
        return scratch == null ? null : Path.of(scratch, "spark-k8s-submit.digests");
    }

    private Path temporaryFolder() throws IOException {
        return scratch == null
                ? Files.createTempDirectory("spark-submit")
                : Files.createTempDirectory(Files.createDirectories(Path.of(scratch)), "spark-submit");
    }

    private static void delete(Path folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> found = Files.walk(folder)) {
            entries = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            Files.deleteIfExists(entry);
        }
    }
}
