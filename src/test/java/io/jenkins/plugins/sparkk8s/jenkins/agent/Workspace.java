package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A workspace, the folder that is uploaded to, and the build log. */
final class Workspace {
    private final Path root;
    private final Path uploads;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream printed = new PrintStream(log, true, StandardCharsets.UTF_8);

    /** @param home an empty folder, around the workspace */
    Workspace(Path home) throws IOException {
        root = Files.createDirectory(home.resolve("ws"));
        uploads = Files.createDirectory(home.resolve("uploads"));
    }

    Path root() {
        return root;
    }

    Path uploads() {
        return uploads;
    }

    String uploadPath() {
        return "file:" + uploads;
    }

    Path file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    PreparedSubmission check(Requests request) throws IOException, InterruptedException {
        return WorkspaceSubmission.check(request.build(), path(), listener());
    }

    PreparedSubmission stage(Requests request) throws IOException, InterruptedException {
        return WorkspaceSubmission.stage(request.build(), path(), listener());
    }

    /** On an agent. */
    FilePath path() {
        return new FilePath(root.toFile(), new Agent(), () -> {});
    }

    /** The same on the node that runs in the controller's JVM. */
    PreparedSubmission checkOnBuiltInNode(Requests request) throws IOException, InterruptedException {
        return WorkspaceSubmission.check(request.build(), new FilePath(root.toFile()), listener());
    }

    private static final class Agent extends Computer {
        @Override
        public String getName() {
            return "agent";
        }

        @Override
        public String getDisplayName() {
            return getName();
        }
    }

    /** What the step says when there is no node around it. */
    PreparedSubmission checkWithoutNode(Requests request) throws IOException, InterruptedException {
        return WorkspaceSubmission.check(request.build(), null, listener());
    }

    TaskListener listener() {
        return () -> printed;
    }

    List<String> logLines() {
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Names of all files that were uploaded, relative to the upload path, sorted. */
    List<String> uploaded() throws IOException {
        try (Stream<Path> found = Files.walk(uploads)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> uploads.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Whether nothing at all was uploaded, not even a folder. */
    boolean nothingUploaded() throws IOException {
        try (Stream<Path> found = Files.list(uploads)) {
            return found.findAny().isEmpty();
        }
    }

    /** The complaint of a refused request. */
    static AbortException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(AbortException.class, call);
    }
}
