package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** An API server whose driver pods a test moves through their lives; nothing runs in them. It outlives a controller. */
final class TestCluster implements AutoCloseable {
    static final String NAME = "test";
    static final String NAMESPACE = "default";
    static final Duration SOON = Duration.ofSeconds(60);

    private static final String DRIVER = "spark-kubernetes-driver";

    final KubernetesApiServer server = KubernetesApiServer.builder().start();
    final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(server.clientConfig()).build();

    /** Makes it the only cluster of the Jenkins of this JVM. */
    void configure() throws Exception {
        configure(server.url(), server.caCertificatePem(), server.adminToken(), null);
    }

    /** Makes a cluster the only one of the Jenkins that this runs in. */
    static void configure(String url, String authority, String token, String uploadPath) throws Exception {
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, NAME, null, Secret.fromString(token)));
        credentials.save();
        SparkClusters.get().setClusters(List.of(cluster(NAME, url, authority, uploadPath)));
    }

    SparkCluster cluster(String name) {
        return cluster(name, server.url(), server.caCertificatePem(), null);
    }

    private static SparkCluster cluster(String name, String url, String authority, String uploadPath) {
        SparkCluster cluster = new SparkCluster(name, url);
        cluster.setCaCertificate(authority);
        cluster.setCredentialsId(NAME);
        cluster.setNamespace(NAMESPACE);
        cluster.setImage("registry.example.com/spark:4.1.1");
        cluster.setSparkVersion("4.1");
        cluster.setUploadPath(uploadPath);
        return cluster;
    }

    List<Pod> drivers() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("spark-role", "driver")
                .list()
                .getItems();
    }

    /** Waits for the one driver pod there should be. */
    Pod awaitDriver() {
        return await().atMost(SOON)
                .until(this::drivers, pods -> pods.size() == 1)
                .get(0);
    }

    /** How many requests have asked for a driver pod. */
    long creations() {
        return server.requests().stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().endsWith("/pods"))
                .count();
    }

    Pod startDriver() {
        Pod driver = awaitDriver();
        named(driver)
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewContainerStatus()
                        .withName(DRIVER)
                        .withImage("spark")
                        .withImageID("")
                        .withReady(true)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewRunning()
                        .withStartedAt(now())
                        .endRunning()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
        return driver;
    }

    void endDriver(Pod driver, int exitCode) {
        named(driver)
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                        .addNewContainerStatus()
                        .withName(DRIVER)
                        .withImage("spark")
                        .withImageID("")
                        .withReady(false)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withReason(exitCode == 0 ? "Completed" : "Error")
                        .withStartedAt(now())
                        .withFinishedAt(now())
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }

    /** As the scheduler does that needs the room for another. */
    void preemptDriver(Pod driver) {
        named(driver)
                .editStatus(pod -> new PodBuilder(pod)
                        .editStatus()
                        .addNewCondition()
                        .withType("DisruptionTarget")
                        .withStatus("True")
                        .withReason("PreemptionByScheduler")
                        .endCondition()
                        .endStatus()
                        .build());
        deleteDriver(driver);
    }

    void deleteDriver(Pod driver) {
        named(driver).withGracePeriod(0).delete();
    }

    private PodResource named(Pod pod) {
        return client.pods().inNamespace(NAMESPACE).withName(pod.getMetadata().getName());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
