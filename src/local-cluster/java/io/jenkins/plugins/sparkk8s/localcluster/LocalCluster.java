package io.jenkins.plugins.sparkk8s.localcluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesVersion;
import io.jenkins.plugins.sparkk8s.localcluster.controller.PodScheduler;
import io.jenkins.plugins.sparkk8s.localcluster.controller.RootCaPublisher;
import io.jenkins.plugins.sparkk8s.localcluster.controller.VolumeClaimBinder;
import io.jenkins.plugins.sparkk8s.localcluster.controller.WorkloadController;
import io.jenkins.plugins.sparkk8s.localcluster.kubelet.Directories;
import io.jenkins.plugins.sparkk8s.localcluster.kubelet.Isolation;
import io.jenkins.plugins.sparkk8s.localcluster.kubelet.ProcessKubelet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A Kubernetes cluster of one node on this machine, without a container runtime: an API server in this JVM, a scheduler,
 * a binder of volume claims, and a kubelet that runs containers as processes.
 *
 * <p>It lives from {@link Builder#start} to {@link #close}; then its processes are ended and its files deleted.
 */
public final class LocalCluster implements AutoCloseable {

    private final KubernetesApiServer apiServer;
    private final ExternalCluster external;
    private final Config config;
    private final Path externalKubeconfig;
    private final KubernetesClient client;
    private final Path directory;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private LocalCluster(Builder builder) throws IOException {
        externalKubeconfig = builder.external;
        directory = Files.createTempDirectory("local-cluster-").toRealPath();
        parts.push(() -> Directories.delete(directory));
        if (builder.external == null) {
            apiServer = KubernetesApiServer.builder()
                    .port(builder.port)
                    .version(builder.version)
                    .start();
            parts.push(apiServer);
            config = apiServer.clientConfig();
        } else {
            apiServer = null;
            config = Config.fromKubeconfig(builder.external.toFile());
        }
        client = new KubernetesClientBuilder().withConfig(config).build();
        parts.push(client);
        external = apiServer == null ? new ExternalCluster(client) : null;
        if (external != null) {
            parts.push(external);
        }
    }

    private void startParts(Builder builder) throws IOException {
        if (apiServer != null) {
            parts.push(new RootCaPublisher(config, apiServer.caCertificatePem()));
            parts.push(new WorkloadController(config));
        }
        if (!builder.node) {
            return;
        }
        parts.push(new VolumeClaimBinder(config, directory.resolve("volumes")));
        if (external == null || !external.runs("kube-scheduler")) {
            parts.push(new PodScheduler(config));
        }
        parts.push(ProcessKubelet.builder(config)
                .cpus(builder.cpus)
                .memory(builder.memory)
                .isolation(builder.isolation)
                .directory(directory.resolve("kubelet"))
                .sparkClassPath(builder.checkout
                        .resolve("examples")
                        .resolve(builder.spark)
                        .resolve("target/classpath"))
                .imageJars(builder.s3 ? S3Connector.jars(builder.checkout.resolve("target/lib")) : List.of())
                .exampleJar(builder.checkout.resolve("examples/spark-app/target/spark-app.jar"))
                .start());
    }

    /** Begins to describe a cluster; the defaults need no changes. */
    public static Builder builder() {
        return new Builder();
    }

    /** A client with all rights, closed with the cluster. */
    public KubernetesClient client() {
        return client;
    }

    /** Configuration of a client with all rights. */
    public Config clientConfig() {
        return config;
    }

    /** Master URL for Spark, as {@code k8s://https://127.0.0.1:PORT}. */
    public String masterUrl() {
        String url = config.getMasterUrl();
        return "k8s://" + (url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /**
     * The API server of this cluster, for faults, pauses and tokens.
     *
     * @throws IllegalStateException when the cluster uses an external API server
     */
    public KubernetesApiServer apiServer() {
        if (external != null) {
            throw new IllegalStateException("This cluster uses an external API server");
        }
        return apiServer;
    }

    /**
     * Writes a kubeconfig file for the administrator, readable by its owner only.
     *
     * @param file replaced when it exists, with its parent directories
     * @return {@code file}
     * @throws IOException when the file cannot be written
     */
    public Path kubeconfig(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file, external == null ? apiServer.kubeconfig() : Files.readString(externalKubeconfig));
    }

    /** Creates a namespace unless it exists. */
    public void createNamespace(String namespace) {
        if (client.namespaces().withName(namespace).get() == null) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            if (external != null) {
                external.created(namespace);
            }
        }
        createServiceAccount(namespace, "default");
    }

    /** Creates a service account unless it exists. */
    public void createServiceAccount(String namespace, String name) {
        if (client.serviceAccounts().inNamespace(namespace).withName(name).get() == null) {
            client.serviceAccounts()
                    .inNamespace(namespace)
                    .resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .createOr(NonDeletingOperation::update);
        }
        if (external != null) {
            external.grantAll(namespace, name);
        }
    }

    /** Ends all pod processes and deletes all files of the cluster. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new IOException("Local cluster did not close cleanly", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Describes a cluster before its start. */
    public static final class Builder {

        private int port;
        private String cpus = "8";
        private String memory = "16Gi";
        private Path checkout = Path.of("").toAbsolutePath();
        private Path external;
        private String spark = "spark-runtime";
        private Isolation isolation;
        private KubernetesVersion version = KubernetesVersion.parse("1.36");
        private boolean node = true;
        private boolean s3;

        private Builder() {}

        /** Port of the API server; a free one by default. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * The Kubernetes whose rules the API server follows where versions differ; 1.36 by default.
         *
         * @throws IllegalArgumentException when it is not a version such as {@code 1.27}
         */
        public Builder kubernetesVersion(String value) {
            version = KubernetesVersion.parse(value);
            return this;
        }

        /** Whether there is a node, with a scheduler and storage; without one, pods stay Pending. */
        public Builder node(boolean value) {
            node = value;
            return this;
        }

        /** Allocatable CPU of the node, whatever the machine has; 8 by default. */
        public Builder cpus(String value) {
            cpus = requireQuantity(value);
            return this;
        }

        /** Allocatable memory of the node, whatever the machine has; 16Gi by default. */
        public Builder memory(String value) {
            memory = requireQuantity(value);
            return this;
        }

        private static String requireQuantity(String value) {
            try {
                new Quantity(value).getNumericalAmount();
                return value;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + value + "' is not a Kubernetes quantity; write 4, 500m or 16Gi", e);
            }
        }

        /** Checkout of this project, whose {@code examples} have Spark and the application; the working directory by default. */
        public Builder checkout(Path value) {
            checkout = value.toAbsolutePath();
            return this;
        }

        /** Project in {@code examples} whose Spark runs in the containers, whatever their image; spark-runtime by default. */
        public Builder spark(String project) {
            spark = project;
            return this;
        }

        /** Whether the image has Hadoop's connector to S3, from the built command of the checkout; false by default. */
        public Builder s3(boolean value) {
            s3 = value;
            return this;
        }

        /** Isolation of containers; null, the default, for the best that the kernel permits. */
        public Builder isolation(Isolation value) {
            isolation = value;
            return this;
        }

        /**
         * Uses a running API server instead of one in this JVM; its controllers must run, and a scheduler may.
         *
         * @param value a kubeconfig whose user has all rights; null, the default, for an API server of our own
         */
        public Builder externalApiServer(Path value) {
            external = value;
            return this;
        }

        /**
         * Starts the cluster.
         *
         * @throws IOException when its files or ports cannot be had
         */
        public LocalCluster start() throws IOException {
            LocalCluster cluster = new LocalCluster(this);
            try {
                cluster.startParts(this);
            } catch (IOException | RuntimeException e) {
                cluster.close();
                throw e;
            }
            return cluster;
        }
    }
}
