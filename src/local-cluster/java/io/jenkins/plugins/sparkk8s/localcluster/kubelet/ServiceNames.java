package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.sparkk8s.localcluster.client.Informers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The cluster's DNS, as one hosts file per pod: the names of Services lead to the addresses of the pods they select, as
 * for headless Services. The files are rewritten in place, because a mounted file is one inode.
 */
final class ServiceNames implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(ServiceNames.class.getName());

    private record PodHosts(Pod pod, String address, Path file) {}

    private final KubernetesClient client;
    private final SharedIndexInformer<Service> informer;
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, PodHosts> pods = new HashMap<>();
    private final String hostLines;

    /** Begins to follow the Services of all namespaces. */
    ServiceNames(KubernetesClient client) throws IOException {
        this.client = client;
        this.hostLines = Files.readString(Path.of("/etc/hosts"));
        this.informer = Informers.start(client.services().inAnyNamespace(), this::put, this::remove);
    }

    /** Adds a pod and writes its file. */
    synchronized void add(Pod pod, String address, Path file) {
        pods.put(pod.getMetadata().getUid(), new PodHosts(pod, address, file));
        writeAll();
    }

    synchronized void remove(Pod pod) {
        if (pods.remove(pod.getMetadata().getUid()) != null) {
            writeAll();
        }
    }

    /** Reads the Services of a namespace now, as a process about to start may look them up at once. */
    void refresh(String namespace) {
        var list = client.services().inNamespace(namespace).list().getItems();
        synchronized (this) {
            list.forEach(service -> services.put(key(service), service));
            writeAll();
        }
    }

    private synchronized void put(Service service) {
        services.put(key(service), service);
        writeAll();
    }

    private synchronized void remove(Service service) {
        services.remove(key(service));
        writeAll();
    }

    private static String key(Service service) {
        return service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName();
    }

    /** The Services of a namespace are looked through once for all of its pods. */
    private void writeAll() {
        Map<String, String> names = new HashMap<>();
        for (PodHosts pod : pods.values()) {
            try {
                String seen = names.computeIfAbsent(pod.pod().getMetadata().getNamespace(), this::names);
                write(
                        pod.file(),
                        hostLines
                                + '\n'
                                + line(pod.address(), pod.pod().getMetadata().getName())
                                + seen);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Names of Services are out of date in " + pod.file());
            }
        }
    }

    /** What pods of a namespace see of the Services of all namespaces. */
    private String names(String namespace) {
        StringBuilder lines = new StringBuilder();
        for (Service service : services.values()) {
            String name = service.getMetadata().getName();
            String inNamespace = name + "." + service.getMetadata().getNamespace();
            for (PodHosts target : pods.values()) {
                if (selects(service, target.pod())) {
                    lines.append(line(target.address(), inNamespace + ".svc"));
                    lines.append(line(target.address(), inNamespace + ".svc.cluster.local"));
                    lines.append(line(target.address(), inNamespace));
                    if (namespace.equals(service.getMetadata().getNamespace())) {
                        lines.append(line(target.address(), name));
                    }
                }
            }
        }
        return lines.toString();
    }

    private static String line(String address, String name) {
        return address + ' ' + name + '\n';
    }

    private static boolean selects(Service service, Pod pod) {
        Map<String, String> selector = service.getSpec().getSelector();
        Map<String, String> labels = pod.getMetadata().getLabels();
        return selector != null
                && !selector.isEmpty()
                && labels != null
                && service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && labels.entrySet().containsAll(selector.entrySet());
    }

    private static void write(Path file, String content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(bytes.position());
        }
    }

    @Override
    public void close() {
        informer.stop();
    }
}
