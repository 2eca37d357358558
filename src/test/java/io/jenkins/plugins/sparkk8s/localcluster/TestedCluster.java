package io.jenkins.plugins.sparkk8s.localcluster;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The cluster of the end-to-end tests: one of our own, or with {@code -Dkubernetes.kubeconfig=FILE} the API server that
 * the file names, with our kubelet as its node.
 */
public final class TestedCluster {

    private static final String PROPERTY = "kubernetes.kubeconfig";

    private TestedCluster() {}

    /** Starts it; the caller closes it. */
    public static LocalCluster start() throws IOException {
        String file = given();
        return LocalCluster.builder()
                .externalApiServer(file.isEmpty() ? null : Path.of(file).toAbsolutePath())
                .start();
    }

    /** Skips a test that makes the API server fail, when it is not ours. */
    public static void assumeFaults() {
        Assumptions.assumeTrue(
                given().isEmpty(), "needs faults on demand, which the API server of " + PROPERTY + " does not have");
    }

    /** Skips a test of Spark's own submission on an API server that is too old for it. */
    public static void assumeApplyOfServicePorts(LocalCluster cluster) {
        Assumptions.assumeFalse(
                cluster.client().getKubernetesVersion().getMinor().startsWith("20"),
                "Kubernetes 1.20 refuses a server-side apply of Service ports without protocol, as spark-submit sends it");
    }

    private static String given() {
        return System.getProperty(PROPERTY, "");
    }
}
