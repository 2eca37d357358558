package io.jenkins.plugins.sparkk8s.firstrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A checkout and a PATH with a few tools, a Java that starts nothing, and a Maven that does what its arguments ask. */
final class BareMachine {
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "dirname",
            "find",
            "flock",
            "grep",
            "head",
            "mkdir",
            "readlink",
            "sed",
            "sort",
            "touch",
            "tr");

    private static final String MAVEN = """
            #!/bin/bash
            machine=%s
            if [[ " $* " == *" -version "* ]]; then
                cat "$machine/maven-version"
                exit
            fi
            echo "$*" >>"$machine/maven-calls"
            cat "$machine/maven-output"
            [[ -f $machine/maven-fails ]] && exit 1
            directory=${@: -2:1}
            mkdir -p "$directory/target"
            echo "$machine/local-repository/some.jar" >"$directory/target/test-classpath.txt"
            echo "$machine/local-repository/some.jar" >"$directory/target/classpath"
            echo jar >"$directory/target/spark-app.jar"
            """;

    private static final String JAVA = """
            #!/bin/bash
            if [[ $1 == -version ]]; then
                echo 'openjdk version "%s" 2026-01-01' >&2
            else
                echo "java ${@: -1}"
            fi
            """;

    private final Path directory;
    private final Path path;
    private final Path javaHome;

    BareMachine(Path directory) throws IOException {
        this.directory = directory;
        path = Files.createDirectories(directory.resolve("path"));
        javaHome = Files.createDirectories(directory.resolve("jdk/bin")).getParent();
        Files.createDirectories(directory.resolve("temporary"));
        for (String tool : TOOLS) {
            script(path.resolve(tool), "#!/bin/sh\nexec " + installed(tool) + " \"$@\"\n");
        }
        checkOut();
        java("17.0.15");
        script(javaHome.resolve("bin/javac"), "");
        script(path.resolve("mvn"), MAVEN.formatted(directory));
        mavenVersion("3.8.7");
        mavenPrints("");
        fillLocalRepository();
    }

    private static Path installed(String tool) throws IOException {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("The command " + tool + " is not installed"));
    }

    private void checkOut() throws IOException {
        for (String name : List.of("bin/demo", "bin/.prepare", "bin/.maven")) {
            script(checkout().resolve(name), Files.readString(Path.of(name)));
        }
        for (String name : List.of("pom.xml", "src/A", "examples/spark-runtime/pom.xml")) {
            script(checkout().resolve(name), "");
        }
        for (String name : List.of("examples/spark-app/pom.xml", "examples/spark-app/src/A")) {
            script(checkout().resolve(name), "");
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path checkout() {
        return directory.resolve("check out");
    }

    Path log() {
        return checkout().resolve("target/prepare.log");
    }

    /** What keeps builds of the same user apart. */
    Path lock() throws IOException {
        return directory.resolve("temporary/spark-k8s-submit-" + Files.getAttribute(directory, "unix:uid") + ".lock");
    }

    Path jarOfTheLocalRepository() {
        return directory.resolve("local-repository/some.jar");
    }

    void fillLocalRepository() throws IOException {
        script(jarOfTheLocalRepository(), "");
    }

    void java(String version) throws IOException {
        script(javaHome.resolve("bin/java"), JAVA.formatted(version));
        script(path.resolve("java"), JAVA.formatted(version));
    }

    void mavenVersion(String version) throws IOException {
        Files.writeString(
                directory.resolve("maven-version"),
                "Apache Maven " + version + "\nJava version: 17.0.15, vendor: Debian, runtime: " + javaHome + "\n");
    }

    void mavenPrints(String output) throws IOException {
        Files.writeString(directory.resolve("maven-output"), output);
    }

    void mavenFailsWith(String output) throws IOException {
        mavenPrints(output);
        Files.writeString(directory.resolve("maven-fails"), "");
    }

    void mavenWorksAgain() throws IOException {
        mavenPrints("");
        Files.delete(directory.resolve("maven-fails"));
    }

    /** Arguments of each call that was more than a question for the version. */
    List<String> mavenCalls() throws IOException {
        Path calls = directory.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    void without(String command) throws IOException {
        Files.delete(path.resolve(command));
    }

    void withoutCompiler() throws IOException {
        Files.delete(javaHome.resolve("bin/javac"));
    }

    /** Starts {@code bin/demo}; what it prints goes to {@link #output}. */
    Process startDemo(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(path.resolve("bash").toString(), "bin/demo"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout().toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        path.toString(),
                        "TMPDIR",
                        directory.resolve("temporary").toString()));
        return builder.start();
    }

    String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    /** Runs {@code bin/demo} to its end, and gives what it printed. */
    String demo(String... arguments) throws IOException, InterruptedException {
        Process process = startDemo(arguments);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("bin/demo does not end: " + output());
        }
        return output() + "exit status " + process.exitValue() + "\n";
    }
}
