package io.jenkins.plugins.sparkk8s.localcluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** What is different with an API server that is not ours: what runs there already, and what must not stay behind. */
final class ExternalCluster implements AutoCloseable {

    private static final Duration LEASE_IS_OLD = Duration.ofMinutes(1);
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final List<String> namespaces = new ArrayList<>();

    ExternalCluster(KubernetesClient client) {
        this.client = client;
    }

    /** Whether a component, such as {@code kube-scheduler}, has renewed its lease of leadership lately. */
    boolean runs(String component) {
        Lease lease =
                client.leases().inNamespace("kube-system").withName(component).get();
        return lease != null
                && lease.getSpec().getRenewTime() != null
                && lease.getSpec().getRenewTime().isAfter(ZonedDateTime.now().minus(LEASE_IS_OLD));
    }

    /** Remembers a namespace, which is deleted at the end. */
    void created(String namespace) {
        namespaces.add(namespace);
    }

    /** Lets a service account do in its namespace what it may do in a cluster of our own: everything. */
    void grantAll(String namespace, String account) {
        try {
            client.rbac()
                    .roleBindings()
                    .inNamespace(namespace)
                    .resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName("local-cluster-" + account)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                            .addNewSubject("", "ServiceAccount", account, namespace)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    /** Deletes the namespaces that were created, with the pods that no kubelet ends any more, and the node. */
    @Override
    public void close() {
        for (String namespace : namespaces) {
            client.pods().inNamespace(namespace).withGracePeriod(0).delete();
            client.namespaces().withName(namespace).delete();
        }
        client.nodes().withName("local-node").delete();
    }
}
