package io.jenkins.plugins.sparkk8s.localcluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/**
 * The command {@code bin/demo}: a cluster, and on it an application submitted by our command as a user would. With the system
 * property {@code localcluster.s3} there is an S3 server, too, and the application is uploaded to that.
 *
 * <p>Shows afterwards what the cluster holds of the driver: its pod, and the arguments of its container.
 */
final class Demo {
    private static final String NAMESPACE = "spark-demo";
    private static final String NAME = "spark-docker-example";

    private final LocalCluster cluster;
    private final Path checkout;

    private Demo(LocalCluster cluster, Path checkout) {
        this.cluster = cluster;
        this.checkout = checkout;
    }

    /** @param arguments for the example application; a short computation when there are none */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Libraries warn of each absence of the API server; a user sees the pods instead.
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(new byte[0]));
        Path checkout = Path.of(System.getProperty("localcluster.checkout", "")).toAbsolutePath();
        Path files = Files.createTempDirectory("spark-k8s-uploads-");
        boolean s3 = Boolean.getBoolean("localcluster.s3");
        int status;
        try (LocalCluster cluster =
                LocalCluster.builder().checkout(checkout).s3(s3).start()) {
            cluster.createNamespace(NAMESPACE);
            cluster.createServiceAccount(NAMESPACE, "spark");
            Demo demo = new Demo(cluster, checkout);
            status = s3
                    ? demo.runFromS3(files, List.of(arguments))
                    : demo.run(uploadPath(files.toString()), List.of(arguments));
        }
        delete(files);
        System.exit(status);
    }

    private static List<String> uploadPath(String path) {
        return List.of("--conf", "spark.kubernetes.file.upload.path=" + path);
    }

    private int runFromS3(Path files, List<String> arguments) throws IOException, InterruptedException {
        try (S3Server server = S3Server.start(files)) {
            List<String> upload = new ArrayList<>(uploadPath("s3a://uploads/demo"));
            Map<String, String> properties = new TreeMap<>(server.properties());
            properties.putAll(S3Connector.properties());
            properties.forEach((key, value) -> upload.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
            return run(upload, arguments);
        }
    }

    /** With the shared files that a next application would have found. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private int run(List<String> upload, List<String> arguments) throws IOException, InterruptedException {
        Path kubeconfig = cluster.kubeconfig(checkout.resolve("target/demo/kubeconfig"));
        List<String> shown = command(upload, arguments);
        System.out.printf("A local cluster is running at %s.%n%n$ %s%n%n", cluster.masterUrl(), pretty(shown));
        ProcessBuilder builder =
                new ProcessBuilder(shown).directory(checkout.toFile()).inheritIO();
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        int status = process.waitFor();
        showDriver();
        System.out.printf("%nExit status of the command: %d%n", status);
        return status;
    }

    private List<String> command(List<String> upload, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "bin/spark-k8s-submit",
                "--master",
                cluster.masterUrl(),
                "--deploy-mode",
                "cluster",
                "--name",
                NAME,
                "--class",
                "io.jenkins.plugins.sparkk8s.examples.MonteCarloPi",
                "--conf",
                "spark.kubernetes.container.image=spark:4.2.0",
                "--conf",
                "spark.kubernetes.namespace=" + NAMESPACE,
                "--conf",
                "spark.kubernetes.authenticate.driver.serviceAccountName=spark",
                "--conf",
                "spark.log.level=WARN"));
        command.addAll(upload);
        command.add("examples/spark-app/target/spark-app.jar");
        command.addAll(arguments);
        return command;
    }

    private static String pretty(List<String> command) {
        return String.join(" ", command).replace(" --", " \\\n    --").replace(" examples/", " \\\n    examples/");
    }

    /** What {@code kubectl get po} and {@code kubectl describe po} show, for those who have no kubectl. */
    private void showDriver() {
        List<Pod> drivers = cluster.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("spark-role", "driver")
                .list()
                .getItems();
        System.out.printf("%n$ kubectl get po -l spark-role=driver%n%-60s %s%n", "NAME", "STATUS");
        for (Pod driver : drivers) {
            System.out.printf(
                    "%-60s %s%n",
                    driver.getMetadata().getName(), driver.getStatus().getPhase());
        }
        for (Pod driver : drivers) {
            Container container = driver.getSpec().getContainers().get(0);
            System.out.printf(
                    "%n$ kubectl describe po %s%n...%n%s:%n  Args:%n",
                    driver.getMetadata().getName(), container.getName());
            container.getArgs().forEach(argument -> System.out.println("    " + argument));
        }
    }
}
