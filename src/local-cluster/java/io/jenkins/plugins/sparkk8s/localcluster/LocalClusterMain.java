package io.jenkins.plugins.sparkk8s.localcluster;

import io.jenkins.plugins.sparkk8s.localcluster.kubelet.Isolation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bin/local-cluster}: keeps a {@link LocalCluster} running until it is interrupted. */
@Command(
        name = "local-cluster",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Runs a Kubernetes cluster of one node on this machine, for Spark, until Ctrl-C.")
final class LocalClusterMain implements Callable<Integer> {

    private static final String NAMESPACE = "default";
    private static final String SERVICE_ACCOUNT = "spark";

    @Option(
            names = "--kubeconfig",
            paramLabel = "PATH",
            description = "Kubeconfig file to write (default: target/local-cluster/kubeconfig of the checkout).")
    private Path kubeconfig;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "6443",
            description = "Port of the API server; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--cpus",
            paramLabel = "QUANTITY",
            defaultValue = "8",
            description = "CPUs that the node offers to pods (default: ${DEFAULT-VALUE}).")
    private String cpus;

    @Option(
            names = "--memory",
            paramLabel = "QUANTITY",
            defaultValue = "16Gi",
            description = "Memory that the node offers to pods (default: ${DEFAULT-VALUE}).")
    private String memory;

    @Option(
            names = "--kubernetes-version",
            paramLabel = "VERSION",
            defaultValue = "1.36",
            description =
                    "Kubernetes whose rules hold where versions differ, such as 1.27 (default: ${DEFAULT-VALUE}).")
    private String kubernetesVersion;

    @Option(
            names = "--no-node",
            description = "Starts no node, scheduler and storage: pods stay Pending, as without a kubelet.")
    private boolean noNode;

    @Option(
            names = "--isolation",
            paramLabel = "KIND",
            description = "How containers are kept apart from the host: ${COMPLETION-CANDIDATES}"
                    + " (default: the best that the kernel permits).")
    private Isolation isolation;

    /** Runs the command. */
    public static void main(String[] args) throws IOException {
        // Libraries warn of each absence of the API server; a user sees the pods instead.
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(new byte[0]));
        CommandLine command = new CommandLine(new LocalClusterMain());
        command.setExecutionExceptionHandler((failure, self, result) -> {
            self.getErr().println("local-cluster: " + failure.getMessage());
            return 1;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Path checkout = Path.of(System.getProperty("localcluster.checkout", "")).toAbsolutePath();
        Path file = (kubeconfig == null ? checkout.resolve("target/local-cluster/kubeconfig") : kubeconfig)
                .toAbsolutePath();
        LocalCluster.Builder builder = LocalCluster.builder()
                .isolation(isolation)
                .checkout(checkout)
                .port(port)
                .cpus(cpus)
                .memory(memory)
                .kubernetesVersion(kubernetesVersion)
                .node(!noNode);
        try (LocalCluster cluster = builder.start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                interrupted.countDown();
                awaitQuietly(closed);
            }));
            cluster.createNamespace(NAMESPACE);
            cluster.createServiceAccount(NAMESPACE, SERVICE_ACCOUNT);
            cluster.kubeconfig(file);
            System.out.print(introduction(cluster.masterUrl(), file));
            interrupted.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private static String introduction(String master, Path kubeconfig) {
        return String.join(
                System.lineSeparator(),
                "Local cluster is running; Ctrl-C ends it and all its pods.",
                "  master      " + master,
                "  kubeconfig  " + kubeconfig,
                "",
                "Try, in another terminal:",
                "  export KUBECONFIG=" + kubeconfig,
                "  kubectl get pods -w",
                "  bin/spark-k8s-submit --master " + master + " --deploy-mode cluster --name pi \\",
                "    --conf spark.kubernetes.container.image=spark:4.2.0 \\",
                "    --conf spark.kubernetes.authenticate.driver.serviceAccountName=" + SERVICE_ACCOUNT + " \\",
                "    --class io.jenkins.plugins.sparkk8s.examples.MonteCarloPi \\",
                "    local:///opt/spark/examples/jars/spark-app.jar",
                "  kubectl logs -f -l spark-role=driver",
                "");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
