package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns a container into a process of the host. Where the kernel permits it, each container has mount and UTS
 * namespaces of its own and sees its volumes at their true paths; elsewhere the paths in its arguments and environment
 * are replaced by the host's.
 */
final class Sandbox {

    private final Isolation isolation;
    private final Path supervise;
    private final Path enter;
    private final Path shell;

    private Sandbox(Isolation isolation, Path scripts) {
        this.isolation = isolation;
        this.supervise = scripts.resolve("supervise.sh");
        this.enter = scripts.resolve("enter.sh");
        this.shell = Path.of("/bin/bash");
    }

    /**
     * Prepares the scripts below {@code directory}.
     *
     * @param wanted isolation to use; null for the best that the kernel permits
     * @throws IOException when a script cannot be written
     */
    static Sandbox prepare(Path directory, Isolation wanted) throws IOException {
        Isolation isolation = wanted == null ? detect() : wanted;
        Files.createDirectories(directory);
        Resources.copy("supervise.sh", directory);
        Resources.copy("enter.sh", directory);
        return new Sandbox(isolation, directory);
    }

    Isolation isolation() {
        return isolation;
    }

    private static Isolation detect() throws IOException {
        for (Isolation candidate : List.of(Isolation.NAMESPACES, Isolation.USER_NAMESPACES)) {
            List<String> probe = new ArrayList<>(unshare(candidate));
            probe.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/tmp"));
            if (succeeds(probe)) {
                return candidate;
            }
        }
        return Isolation.PATH_REPLACEMENT;
    }

    private static boolean succeeds(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // No such program, so no namespaces.
            return false;
        }
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while looking at the kernel's namespaces", e);
        }
    }

    private static List<String> unshare(Isolation isolation) {
        return switch (isolation) {
            case NAMESPACES -> List.of("unshare", "--mount", "--uts", "--propagation", "private");
            case USER_NAMESPACES ->
                List.of("unshare", "--user", "--map-root-user", "--mount", "--uts", "--propagation", "private");
            case PATH_REPLACEMENT -> List.of();
        };
    }

    /** The command that runs {@code spec} under the supervisor; the environment is the container's alone. */
    ProcessBuilder command(ContainerSpec spec) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", shell.toString(), supervise.toString()));
        command.addAll(unshare(isolation));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        hostEnvironment(builder.environment());
        if (isolation == Isolation.PATH_REPLACEMENT) {
            spec.environment().forEach((name, value) -> builder.environment().put(name, replace(value, spec)));
            spec.command().forEach(word -> command.add(replace(word, spec)));
            Path directory = Path.of(replace(spec.workingDirectory(), spec));
            builder.directory((Files.isDirectory(directory) ? directory : spec.directory()).toFile());
        } else {
            builder.environment().putAll(spec.environment());
            Path root = Files.createDirectories(spec.directory().resolve("root"));
            command.addAll(List.of(
                    shell.toString(),
                    enter.toString(),
                    plan(spec).toString(),
                    root.toString(),
                    spec.workingDirectory()));
            command.addAll(spec.command());
            builder.directory(spec.directory().toFile());
        }
        return builder;
    }

    private static void hostEnvironment(Map<String, String> environment) {
        String javaHome = System.getProperty("java.home");
        environment.put("JAVA_HOME", javaHome);
        environment.put("PATH", javaHome + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LANG", "C.UTF-8");
    }

    private static Path plan(ContainerSpec spec) throws IOException {
        List<String> lines = spec.mounts().stream()
                .sorted(Comparator.comparing(mount -> Path.of(mount.path()).getNameCount()))
                .map(mount -> (mount.readOnly() ? "ro" : "rw") + "\t" + mount.source() + "\t" + mount.path())
                .collect(Collectors.toList());
        lines.add(0, "tmpfs\t-\t" + SparkImage.HOME);
        return Files.write(spec.directory().resolve("mounts"), lines);
    }

    /** Replaces whole mount paths, the longest first, each place once. */
    private static String replace(String text, ContainerSpec spec) {
        Map<String, String> sources = new HashMap<>();
        spec.mounts().forEach(mount -> sources.put(mount.path(), mount.source().toString()));
        String paths = sources.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w.-])(" + paths + ")(?![\\w.-])")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(sources.get(match.group())));
    }

    /** The files that the kubelet brings along in its class path. */
    static final class Resources {

        private Resources() {}

        static void copy(String name, Path directory) {
            try (var resource = Sandbox.class.getResourceAsStream(name)) {
                Files.write(directory.resolve(name), resource.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + name + " to " + directory, e);
            }
        }
    }
}
