package io.jenkins.plugins.sparkk8s.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code bin/spark-k8s-submit} as a process of its own, as a user runs it, and what it printed. */
final class Submission implements AutoCloseable {
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Submission(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output-of-spark-k8s-submit");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** Starts the command with these arguments; standard error goes to the same lines. */
    static Submission start(List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of("bin", "spark-k8s-submit").toAbsolutePath().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Submission(builder.start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }

    /** Waits for a line that the pattern is found in, and returns the match. */
    Matcher awaitLine(String pattern, Duration atMost) {
        Pattern wanted = Pattern.compile(pattern);
        return await("a line with " + pattern)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .conditionEvaluationListener(condition -> {
                    if (condition.getRemainingTimeInMS() <= 0) {
                        System.err.println(String.join("\n", lines));
                    }
                })
                .until(() -> find(wanted), found -> found != null);
    }

    private Matcher find(Pattern wanted) {
        return lines.stream()
                .map(wanted::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElse(null);
    }

    /** Waits for the end of the command. */
    int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The command is still running:\n" + String.join("\n", lines));
        }
        reader.join(Duration.ofSeconds(5).toMillis());
        return process.exitValue();
    }

    /** Asks the command to end, as an aborted build does. */
    void terminate() {
        process.destroy();
    }

    /** Kills the command without a chance to clean up. */
    void kill() {
        process.destroyForcibly();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
