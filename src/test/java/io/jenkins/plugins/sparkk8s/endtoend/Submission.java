package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

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

    /** Waits for a line that the pattern is found in; fails with all lines when there is none in time. */
    void awaitLine(String pattern, Duration atMost) {
        Pattern wanted = Pattern.compile(pattern);
        try {
            await().atMost(atMost)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> find(wanted) || !process.isAlive() && !reader.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("No line with " + pattern + " in:\n" + String.join("\n", lines), e);
        }
        assertThat(find(wanted))
                .as("a line with %s in:%n%s", pattern, String.join("\n", lines))
                .isTrue();
    }

    private boolean find(Pattern wanted) {
        return lines.stream().anyMatch(line -> wanted.matcher(line).find());
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
