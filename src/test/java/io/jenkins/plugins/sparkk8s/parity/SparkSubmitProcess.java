package io.jenkins.plugins.sparkk8s.parity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One JVM with a real Spark in it that submits argument lists, one after the other. Closed, it ends. */
final class SparkSubmitProcess implements AutoCloseable {
    private static final Predicate<String> LEAKS = name -> name.startsWith("SPARK_")
            || name.startsWith("HADOOP_")
            || name.startsWith("PYSPARK_")
            || name.startsWith("KUBE");

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;
    private final Path log;

    private SparkSubmitProcess(Process process, Path log) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.log = log;
    }

    /**
     * @param workingDirectory what relative paths start from
     * @param scratch a directory of the caller's
     * @param log what Spark logs
     */
    static SparkSubmitProcess start(SparkRelease release, Path workingDirectory, Path scratch, Path log)
            throws IOException {
        Path file = release.classPathFile();
        if (!Files.isReadable(file)) {
            throw new IOException(
                    file + " is missing. Run: mvn -f " + file.getParent().getParent() + " package");
        }
        Path runner = runnerAlone(scratch);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
        Stream.of("java.lang", "java.util", "java.net", "java.nio", "sun.nio.ch")
                .forEach(name -> command.addAll(List.of("--add-opens", "java.base/" + name + "=ALL-UNNAMED")));
        command.addAll(List.of("-cp", runner + ":" + Files.readString(file).trim()));
        command.add(SparkSubmitRunner.class.getName());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectError(log.toFile());
        builder.environment().keySet().removeIf(LEAKS);
        builder.environment().put("KUBECONFIG", "/nonexistent");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new SparkSubmitProcess(builder.start(), log);
    }

    private static Path runnerAlone(Path scratch) throws IOException {
        String name = SparkSubmitRunner.class.getName().replace('.', '/') + ".class";
        Path target = scratch.resolve("runner").resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream in = SparkSubmitRunner.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return scratch.resolve("runner");
    }

    /** Submits, and gives the messages of the exception if Spark threw one. */
    synchronized Optional<String> submit(List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> fields = new ArrayList<>();
        fields.add(Integer.toString(arguments.size()));
        fields.addAll(arguments);
        environment.forEach((name, value) -> fields.add(name + "=" + value));
        requests.write(
                String.join(" ", fields.stream().map(SparkSubmitProcess::encode).toList()) + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("Spark's JVM ended; see " + log);
        }
        return answer.equals("ok")
                ? Optional.empty()
                : Optional.of(new String(
                        Base64.getDecoder().decode(answer.substring("refused ".length())), StandardCharsets.UTF_8));
    }

    private static String encode(String field) {
        return Base64.getEncoder().encodeToString(field.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
