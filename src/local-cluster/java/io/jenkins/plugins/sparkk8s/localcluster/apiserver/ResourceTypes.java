package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.List;
import java.util.Optional;

/** The table of resources the server serves: those a Spark application and its tools touch, and their neighbours. */
final class ResourceTypes {

    private static final List<ResourceType> ALL = List.of(
            core("namespaces", "Namespace", false, true, "ns"),
            core("nodes", "Node", false, true, "no"),
            core("pods", "Pod", true, true, "po"),
            core("services", "Service", true, true, "svc"),
            core("endpoints", "Endpoints", true, false, "ep"),
            core("configmaps", "ConfigMap", true, false, "cm"),
            core("secrets", "Secret", true, false),
            core("serviceaccounts", "ServiceAccount", true, false, "sa"),
            core("persistentvolumeclaims", "PersistentVolumeClaim", true, true, "pvc"),
            core("persistentvolumes", "PersistentVolume", false, true, "pv"),
            core("events", "Event", true, false, "ev"),
            core("resourcequotas", "ResourceQuota", true, true, "quota"),
            core("limitranges", "LimitRange", true, false, "limits"),
            of("apps", "statefulsets", "StatefulSet", true, true, "sts"),
            of("apps", "deployments", "Deployment", true, true, "deploy"),
            of("apps", "replicasets", "ReplicaSet", true, true, "rs"),
            of("storage.k8s.io", "storageclasses", "StorageClass", false, false, "sc"),
            of("scheduling.k8s.io", "priorityclasses", "PriorityClass", false, false, "pc"),
            of("rbac.authorization.k8s.io", "roles", "Role", true, false),
            of("rbac.authorization.k8s.io", "rolebindings", "RoleBinding", true, false),
            of("rbac.authorization.k8s.io", "clusterroles", "ClusterRole", false, false),
            of("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding", false, false),
            of("policy", "poddisruptionbudgets", "PodDisruptionBudget", true, true, "pdb"),
            of("networking.k8s.io", "networkpolicies", "NetworkPolicy", true, false, "netpol"),
            of("networking.k8s.io", "ingresses", "Ingress", true, true, "ing"),
            of("coordination.k8s.io", "leases", "Lease", true, false),
            of("apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition", false, true, "crd"),
            of("events.k8s.io", "events", "Event", true, false, "ev"));

    /** The resource that defines resources. */
    static final ResourceType CUSTOM =
            find("apiextensions.k8s.io", "v1", "customresourcedefinitions").orElseThrow();

    /** The groups that have questions to ask and no objects. */
    static final List<String> REVIEW_GROUPS = List.of("authorization.k8s.io", "authentication.k8s.io");

    private ResourceTypes() {}

    static List<ResourceType> all() {
        return ALL;
    }

    static Optional<ResourceType> find(String group, String version, String plural) {
        return ALL.stream()
                .filter(t -> t.group().equals(group)
                        && t.version().equals(version)
                        && t.plural().equals(plural))
                .findFirst();
    }

    /** The resource of that name in the core group. */
    static ResourceType core(String plural) {
        return find("", "v1", plural).orElseThrow(() -> new IllegalArgumentException("no core resource " + plural));
    }

    private static ResourceType core(
            String plural, String kind, boolean namespaced, boolean hasStatus, String... shortNames) {
        return of("", plural, kind, namespaced, hasStatus, shortNames);
    }

    private static ResourceType of(
            String group, String plural, String kind, boolean namespaced, boolean hasStatus, String... shortNames) {
        return new ResourceType(group, "v1", plural, kind, namespaced, hasStatus, List.of(shortNames));
    }
}
