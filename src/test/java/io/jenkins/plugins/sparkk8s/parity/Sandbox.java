package io.jenkins.plugins.sparkk8s.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Runs one submitter against an API server of its own and collects what it created. */
final class Sandbox {
    private final Submitter submitter;
    private final Path fixtures;
    private final Path uploads;
    private final List<String> ownOptions;

    /**
     * @param uploads a directory that this sandbox empties
     * @param ownOptions that this submitter gets besides those of a case
     */
    Sandbox(Submitter submitter, Path fixtures, Path uploads, List<String> ownOptions) {
        this.submitter = submitter;
        this.fixtures = fixtures;
        this.uploads = uploads;
        this.ownOptions = ownOptions;
    }

    Outcome run(ParityCase parityCase) throws IOException, InterruptedException {
        clear();
        try (Cluster cluster = Cluster.with(parityCase.given())) {
            UnaryOperator<String> placeholders =
                    text -> text.replace("@FX@", fixtures.toString()).replace("@UP@", uploads.toString());
            List<String> arguments = new ArrayList<>(List.of("--master", "k8s://" + cluster.url()));
            arguments.addAll(List.of("--deploy-mode", "cluster"));
            arguments.addAll(List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=false"));
            arguments.addAll(
                    List.of("--conf", "spark.kubernetes.authenticate.submission.oauthToken=" + cluster.token()));
            arguments.addAll(ownOptions);
            arguments.addAll(parityCase.arguments(placeholders));
            Optional<String> refusal = submitter.submit(arguments, parityCase.environment(placeholders));
            Masks masks = new Masks(uploads, cluster.token());
            return new Outcome(refusal.isPresent(), refusal.orElse(""), cluster.created(masks::apply), uploadedFiles());
        }
    }

    private List<String> uploadedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(file -> file.getFileName().toString().startsWith("spark-upload-"))
                    .map(file -> uploads.relativize(file).toString())
                    .toList();
        }
    }

    private void clear() throws IOException {
        Files.createDirectories(uploads);
        try (Stream<Path> files = Files.walk(uploads)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(uploads)) {
                    Files.delete(file);
                }
            }
        }
    }
}
