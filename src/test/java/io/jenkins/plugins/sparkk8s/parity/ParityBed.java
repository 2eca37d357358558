package io.jenkins.plugins.sparkk8s.parity;

import io.jenkins.plugins.sparkk8s.cli.InProcessCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Both submitters, side by side: Spark's processes start when first needed and end when this is closed. */
final class ParityBed implements AutoCloseable {
    private final Path directory;
    private final Path fixtures;
    private final Map<SparkRelease, SparkSubmitProcess> processes = new EnumMap<>(SparkRelease.class);
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    /** @param directory an empty one, for files of the cases and for uploads */
    ParityBed(Path directory) throws IOException {
        this.directory = directory.toRealPath();
        this.fixtures = Files.createDirectory(this.directory.resolve("fixtures"));
        Fixtures.write(fixtures);
    }

    /** Each difference between what Spark and we make of a case is a line. */
    List<String> differences(ParityCase parityCase, SparkRelease release) throws IOException, InterruptedException {
        CompletableFuture<Outcome> spark = CompletableFuture.supplyAsync(() -> spark(parityCase, release), executor);
        Outcome ours = ours(parityCase, release);
        try {
            return Comparison.differences(parityCase, spark.get(), ours);
        } catch (ExecutionException e) {
            throw new IOException("Spark " + release.version() + " could not be asked", e.getCause());
        }
    }

    private Outcome spark(ParityCase parityCase, SparkRelease release) {
        try {
            return new Sandbox(process(release)::submit, fixtures, directory.resolve("up-spark"), List.of())
                    .run(parityCase);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Outcome ours(ParityCase parityCase, SparkRelease release) throws IOException, InterruptedException {
        return new Sandbox(
                        (arguments, environment) -> InProcessCommand.run(arguments, environment, fixtures),
                        fixtures,
                        directory.resolve("up-ours"),
                        ownOptions(parityCase, release))
                .run(parityCase);
    }

    /** Generated configurations name objects that do not exist, which spark-submit does not look for. */
    private static List<String> ownOptions(ParityCase parityCase, SparkRelease release) {
        return List.of(
                "--conf",
                "spark.kubernetes.submit.sparkVersion=" + release.version(),
                "--conf",
                "spark.kubernetes.submit.uploads=spark",
                "--conf",
                "spark.kubernetes.submit.preflight=" + !parityCase.generated());
    }

    private synchronized SparkSubmitProcess process(SparkRelease release) throws IOException {
        SparkSubmitProcess process = processes.get(release);
        if (process == null) {
            Path logs = Files.createDirectories(Path.of("target", "parity"));
            process = SparkSubmitProcess.start(
                    release, fixtures, directory, logs.resolve("spark-" + release.version() + ".log"));
            processes.put(release, process);
        }
        return process;
    }

    @Override
    public void close() throws IOException {
        executor.shutdown();
        for (SparkSubmitProcess process : processes.values()) {
            process.close();
        }
    }
}
