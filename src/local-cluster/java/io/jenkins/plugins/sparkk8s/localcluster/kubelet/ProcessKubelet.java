package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import io.jenkins.plugins.sparkk8s.localcluster.client.Informers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A kubelet that runs each container of a pod as a process of this machine. It speaks only the Kubernetes API, so it
 * serves the local cluster's API server and a real one alike.
 *
 * <p>From {@link Builder#start} to {@link #close} it keeps its Node registered, follows the pods bound to it through
 * any absence of the API server, and serves their logs. Pod processes end with it, also when its JVM is killed.
 */
public final class ProcessKubelet implements AutoCloseable {

    /** Address of the node. */
    static final String HOST_IP = "127.0.0.1";

    private final KubernetesClient client;
    private final EventRecorder events;
    private final PodAddresses addresses;
    private final ServiceNames names;
    private final LogServer logs;
    private final NodeRegistration node;
    private final KubeletContext context;
    private final SharedIndexInformer<Pod> pods;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, String> uids = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    private ProcessKubelet(Builder builder) throws IOException {
        Files.createDirectories(builder.directory);
        client = Informers.patientClient(builder.config);
        events = new EventRecorder(client, "kubelet", builder.nodeName);
        addresses = PodAddresses.lease();
        names = new ServiceNames(client);
        logs = new LogServer(this::find, builder.nodeName);
        context = new KubeletContext(
                client,
                events,
                builder.directory,
                Sandbox.prepare(builder.directory.resolve("scripts"), builder.isolation),
                SparkImage.prepare(
                        builder.directory.resolve("image"),
                        builder.sparkClassPath,
                        builder.exampleJar,
                        builder.imageJars),
                addresses,
                names,
                URI.create(client.getConfiguration().getMasterUrl()),
                caCertificate(client.getConfiguration()));
        node = new NodeRegistration(client, builder.nodeName, builder.resources(), logs.port());
        pods = Informers.start(
                client.pods().inAnyNamespace().withField("spec.nodeName", builder.nodeName),
                this::changed,
                this::deleted);
    }

    /**
     * Begins to describe a kubelet.
     *
     * @param config how to reach the API server, with all rights
     */
    public static Builder builder(Config config) {
        return new Builder(config);
    }

    private static String caCertificate(Config config) throws IOException {
        if (config.getCaCertData() != null) {
            String data = config.getCaCertData();
            return data.startsWith("-----")
                    ? data
                    : new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
        }
        return config.getCaCertFile() == null ? null : Files.readString(Path.of(config.getCaCertFile()));
    }

    private synchronized void changed(Pod pod) {
        String uid = pod.getMetadata().getUid();
        PodWorker worker = workers.get(uid);
        if (worker != null) {
            worker.update(pod);
        } else if (!closed && !isOver(pod)) {
            PodWorker created = new PodWorker(context, pod);
            workers.put(uid, created);
            uids.put(key(pod.getMetadata().getNamespace(), pod.getMetadata().getName()), uid);
            Thread thread = new Thread(created, "pod-" + pod.getMetadata().getName());
            thread.setDaemon(true);
            threads.removeIf(one -> !one.isAlive());
            threads.add(thread);
            thread.start();
        }
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private synchronized void deleted(Pod pod) {
        String uid = pod.getMetadata().getUid();
        uids.remove(key(pod.getMetadata().getNamespace(), pod.getMetadata().getName()), uid);
        PodWorker worker = workers.remove(uid);
        if (worker != null) {
            worker.remove();
        }
    }

    private Optional<PodWorker> find(String namespace, String name) {
        return Optional.ofNullable(uids.get(key(namespace, name))).map(workers::get);
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Ends all pod processes without touching their objects, and stops. */
    @Override
    public void close() throws IOException {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            workers.values().forEach(PodWorker::remove);
            running = List.copyOf(threads);
        }
        pods.stop();
        node.close();
        join(running);
        logs.close();
        names.close();
        events.close();
        addresses.close();
        client.close();
    }

    private static void join(List<Thread> running) {
        try {
            for (Thread thread : running) {
                thread.join(10_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Describes a kubelet before its start. */
    public static final class Builder {

        private final Config config;
        private String nodeName = "local-node";
        private String cpus = "8";
        private String memory = "16Gi";
        private Path directory = Path.of("target/local-cluster/kubelet");
        private Path sparkClassPath = Path.of("examples/spark-runtime/target/classpath");
        private Path exampleJar = Path.of("examples/spark-app/target/spark-app.jar");
        private List<Path> imageJars = List.of();

        private Isolation isolation;

        private Builder(Config config) {
            this.config = config;
        }

        /** Name of the Node; {@code local-node} by default. */
        public Builder nodeName(String value) {
            nodeName = value;
            return this;
        }

        /** Allocatable CPU as a Kubernetes quantity; 8 by default, whatever the machine has. */
        public Builder cpus(String value) {
            cpus = value;
            return this;
        }

        /** Allocatable memory as a Kubernetes quantity; 16Gi by default, whatever the machine has. */
        public Builder memory(String value) {
            memory = value;
            return this;
        }

        /** Directory for the pods' files, which the caller deletes after close. */
        public Builder directory(Path value) {
            directory = value.toAbsolutePath();
            return this;
        }

        /** File with Spark's class path; without it Spark containers fail with a message. */
        public Builder sparkClassPath(Path value) {
            sparkClassPath = value;
            return this;
        }

        /** Jar that the Spark image holds as {@code /opt/spark/examples/jars/spark-app.jar}, if it exists. */
        public Builder exampleJar(Path value) {
            exampleJar = value;
            return this;
        }

        /** Jars that the Spark image has beside Spark's, such as a connector; none by default. */
        public Builder imageJars(List<Path> value) {
            imageJars = List.copyOf(value);
            return this;
        }

        /** Isolation of containers; null, the default, for the best that the kernel permits. */
        public Builder isolation(Isolation value) {
            isolation = value;
            return this;
        }

        private Map<String, Quantity> resources() {
            return Map.of("cpu", new Quantity(cpus), "memory", new Quantity(memory), "pods", new Quantity("110"));
        }

        /**
         * Starts the kubelet.
         *
         * @throws IOException when its directory or its ports cannot be had
         */
        public ProcessKubelet start() throws IOException {
            return new ProcessKubelet(this);
        }
    }
}
