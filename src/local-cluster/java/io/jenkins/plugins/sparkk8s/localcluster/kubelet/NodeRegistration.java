package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the kubelet's Node object there and Ready, from start to close. */
final class NodeRegistration implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(NodeRegistration.class.getName());
    private static final long HEARTBEAT_SECONDS = 10;
    private static final String LEASES = "kube-node-lease";
    private static final int LEASE_SECONDS = 40;

    private final KubernetesClient client;
    private final String name;
    private final Map<String, Quantity> resources;
    private final int port;
    private final String readySince = now();
    private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "node-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /** Registers the node now and begins its heartbeat. */
    NodeRegistration(KubernetesClient client, String name, Map<String, Quantity> resources, int port) {
        this.client = client;
        this.name = name;
        this.resources = resources;
        this.port = port;
        register();
        heartbeat.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        try {
            register();
        } catch (KubernetesClientException e) {
            LOGGER.log(Level.FINE, "Heartbeat of the node failed; the next one follows", e);
        }
    }

    private void register() {
        Node node = client.nodes().withName(name).get();
        if (node == null) {
            node = client.nodes()
                    .resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels("kubernetes.io/hostname", name)
                            .addToLabels("kubernetes.io/os", "linux")
                            .addToLabels("kubernetes.io/arch", architecture())
                            .endMetadata()
                            .withNewSpec()
                            .endSpec()
                            .build())
                    .create();
        }
        if (node.getSpec() != null && !node.getSpec().getTaints().isEmpty()) {
            // A real API server taints each new node as not ready and leaves the rest to the node controller.
            client.nodes().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"taints\":null}}");
        }
        client.nodes()
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(status()));
        renewLease(node);
    }

    /** The heartbeat of a node, as the node controller of a real cluster expects it. */
    private void renewLease(Node node) {
        if (client.namespaces().withName(LEASES).get() == null) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(LEASES)
                            .endMetadata()
                            .build())
                    .create();
        }
        var lease = client.leases().inNamespace(LEASES).withName(name);
        String renewal = "{\"spec\":{\"renewTime\":\"" + Instant.now().truncatedTo(ChronoUnit.MICROS) + "\"}}";
        if (lease.get() == null) {
            client.leases()
                    .inNamespace(LEASES)
                    .resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addNewOwnerReference()
                            .withApiVersion("v1")
                            .withKind("Node")
                            .withName(name)
                            .withUid(node.getMetadata().getUid())
                            .endOwnerReference()
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity(name)
                            .withLeaseDurationSeconds(LEASE_SECONDS)
                            .endSpec()
                            .build())
                    .create();
        }
        lease.patch(PatchContext.of(PatchType.JSON_MERGE), renewal);
    }

    private Node status() {
        return new NodeBuilder()
                .withNewStatus()
                .withCapacity(resources)
                .withAllocatable(resources)
                .withConditions(ready())
                .addNewAddress(ProcessKubelet.HOST_IP, "InternalIP")
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(port)
                .endDaemonEndpoints()
                .withNewNodeInfo()
                .withArchitecture(architecture())
                .withOperatingSystem("linux")
                .withOsImage(System.getProperty("os.name"))
                .withKernelVersion(System.getProperty("os.version"))
                .withContainerRuntimeVersion("process://1")
                .withKubeletVersion("v1.32.0")
                .withKubeProxyVersion("v1.32.0")
                .withBootID("")
                .withMachineID("")
                .withSystemUUID("")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    private NodeCondition ready() {
        return new NodeConditionBuilder()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withMessage("kubelet is posting ready status")
                .withLastHeartbeatTime(now())
                .withLastTransitionTime(readySince)
                .build();
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        heartbeat.shutdownNow();
    }
}
