package io.jenkins.plugins.sparkk8s.bench;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Submits the same application with spark-submit's own code and with ours, in turns, against the same API server, and
 * prints medians and ratios. Run it by {@code bench/submission}.
 */
public final class SubmissionBench {
    private static final Duration WAITING = Duration.ofSeconds(10);

    private record Client(String name, List<String> command) {}

    private final KubernetesApiServer server;
    private final Path scratch;
    private final Path jar;

    private SubmissionBench(KubernetesApiServer server, Path scratch) throws IOException {
        this.server = server;
        this.scratch = scratch;
        this.jar = Files.write(scratch.resolve("app.jar"), new byte[50 * 1024 * 1024]);
    }

    /** @param args class path file of Spark, our command, number of runs */
    public static void main(String[] args) throws IOException, InterruptedException {
        Client spark = new Client(
                "spark-submit",
                List.of(
                        "java",
                        "-Xmx1g",
                        "-cp",
                        Files.readString(Path.of(args[0])).trim(),
                        "org.apache.spark.deploy.SparkSubmit"));
        Client ours = new Client("spark-k8s-submit", List.of(args[1]));
        int runs = Integer.parseInt(args[2]);
        Path scratch = Files.createTempDirectory("submission-bench");
        try (KubernetesApiServer server =
                KubernetesApiServer.builder().port(0).tls(false).start()) {
            SubmissionBench bench = new SubmissionBench(server, scratch);
            bench.compare("submit, image's own jar", spark, ours, runs, "local:///opt/app.jar");
            bench.compare("submit, 50 MiB upload", spark, ours, runs, bench.jar.toString());
            bench.compareWaiting(spark, ours);
            bench.compareController(spark);
        } finally {
            try (Stream<Path> files = Files.walk(scratch)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void compare(String title, Client spark, Client ours, int runs, String mainResource)
            throws IOException, InterruptedException {
        List<Measured> theirs = new ArrayList<>();
        List<Measured> own = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            theirs.add(Measured.run(command(spark, mainResource, false), scratch.resolve("output")));
            own.add(Measured.run(command(ours, mainResource, false), scratch.resolve("output")));
        }
        System.out.printf("%n%s (medians of %d)%n", title, runs);
        print("wall", "s", theirs, own, measured -> measured.wall().toMillis() / 1000.0);
        print("cpu", "s", theirs, own, measured -> measured.cpu().toMillis() / 1000.0);
        print("peak memory", "MiB", theirs, own, measured -> measured.peakKib() / 1024.0);
    }

    /** Nothing runs the pod, so it stays pending and the submitter waits. */
    private void compareWaiting(Client spark, Client ours) throws IOException, InterruptedException {
        List<Measured> theirs = List.of(waiting(spark));
        List<Measured> own = List.of(waiting(ours));
        System.out.printf("%nwaiting for the application, after %d s%n", WAITING.toSeconds());
        print("cpu", "s", theirs, own, measured -> measured.cpu().toMillis() / 1000.0);
        print("peak memory", "MiB", theirs, own, measured -> measured.peakKib() / 1024.0);
        print("threads", "", theirs, own, Measured::threads);
    }

    /** A process for each job, as today, against one more job in a controller that waits for many. */
    private void compareController(Client spark) throws IOException, InterruptedException {
        Measured process = waiting(spark);
        WaitingApplications ours = WaitingApplications.measure(server);
        System.out.printf("%none more waiting job on a controller%n");
        print("memory", "MiB", process.peakKib() / 1024.0, ours.heapKib() / 1024.0);
        print("threads", "", process.threads(), ours.threads());
    }

    private Measured waiting(Client client) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(client, "local:///opt/app.jar", true))
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("output").toFile())
                .start();
        try {
            if (process.waitFor(WAITING.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(client.name() + " did not wait:\n" + Files.readString(scratch.resolve("output")));
            }
            return Measured.sample(process);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private List<String> command(Client client, String mainResource, boolean wait) {
        List<String> command = new ArrayList<>(client.command());
        command.addAll(List.of("--master", "k8s://" + server.url(), "--deploy-mode", "cluster", "--name", "bench"));
        command.addAll(List.of("--class", "com.acme.Report", "--conf", "spark.kubernetes.container.image=spark:4.2.0"));
        command.addAll(List.of("--conf", "spark.kubernetes.file.upload.path=" + scratch.resolve("uploads")));
        command.addAll(List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=" + wait));
        command.addAll(List.of(
                "--conf", "spark.kubernetes.authenticate.submission.oauthToken=" + server.adminToken(), mainResource));
        return command;
    }

    private static void print(
            String what, String unit, List<Measured> theirs, List<Measured> own, ToDoubleFunction<Measured> figure) {
        print(what, unit, median(theirs, figure), median(own, figure));
    }

    private static void print(String what, String unit, double spark, double ours) {
        System.out.printf(
                Locale.ROOT,
                "  %-12s spark-submit %8.2f %-3s  ours %8.2f %-3s  ratio %.4f%n",
                what,
                spark,
                unit,
                ours,
                unit,
                ours / spark);
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        return runs.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
