package io.jenkins.plugins.sparkk8s.bench.controller;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The API server in a process of its own, from its start until it is closed; see {@link PodServer} for its commands. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;
    private final int port;
    private final int silentPort;

    ServerProcess(ServerSettings settings) throws IOException {
        process = java(PodServer.class, settings.arguments());
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String[] ports = answer().split(" ");
        port = Integer.parseInt(ports[0]);
        silentPort = Integer.parseInt(ports[1]);
    }

    /** Starts a class with this process's own class path; its error output is ours. */
    static Process java(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx2g",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    int port() {
        return port;
    }

    /** Accepts connections and never answers. */
    int silentPort() {
        return silentPort;
    }

    /** @return the server's answer to a command */
    synchronized String send(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    /** By {@link RequestKind}, since the start, and last the bytes sent. */
    long[] requests() throws IOException {
        return numbers(send("requests")).toArray();
    }

    /** When each of the executors was changed last, for those that ever were. */
    LongStream stamps() throws IOException {
        return numbers(send("stamps"));
    }

    static LongStream numbers(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).mapToLong(Long::parseLong);
    }

    private String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The server of the bench has ended; see its error above.");
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
