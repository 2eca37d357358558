package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiErrors;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Ends drivers and reports their state ({@code K8sSubmitOps.scala}); all that a driver owns goes with its pod.
 *
 * <p>A submission is named {@code namespace:pod} or {@code pod}; a name ending in {@code *} means all driver pods whose
 * name starts so. Without a namespace it is the client's.
 */
public final class SubmissionOperations {
    private final KubernetesClient client;
    private final ApiErrors errors;

    /** @param client stays open */
    public SubmissionOperations(KubernetesClient client) {
        this.client = client;
        this.errors = ApiErrors.of(client);
    }

    /**
     * Deletes the driver pods that the submission id names.
     *
     * @param gracePeriod time to end in order; empty for the pod's own
     * @return the names of the deleted pods; empty when there was none
     * @throws ClusterException when the id is malformed or the cluster refuses
     */
    public List<String> kill(String submissionId, Optional<Duration> gracePeriod) {
        Target target = Target.parse(submissionId, client.getNamespace());
        List<String> deleted = new ArrayList<>();
        for (Pod pod : find(target)) {
            String name = pod.getMetadata().getName();
            call("delete", target.reference(name), () -> {
                PodResource resource = pods(target).withName(name);
                return gracePeriod
                        .map(grace ->
                                resource.withGracePeriod(grace.toSeconds()).delete())
                        .orElseGet(resource::delete);
            });
            deleted.add(name);
        }
        return deleted;
    }

    /**
     * The driver pods that the submission id names, by name; empty when there is none.
     *
     * @throws ClusterException when the id is malformed or the cluster refuses
     */
    public List<Pod> find(String submissionId) {
        return find(Target.parse(submissionId, client.getNamespace()));
    }

    /** The state of each named driver, in Spark's words; or that there is none. */
    public List<String> status(String submissionId) {
        Target target = Target.parse(submissionId, client.getNamespace());
        List<Pod> pods = find(target);
        if (pods.isEmpty()) {
            return List.of(target.isPattern() ? "No applications found." : "Application not found.");
        }
        return pods.stream()
                .map(pod -> "Application status (driver): " + PodDescription.of(pod))
                .toList();
    }

    private List<Pod> find(Target target) {
        if (!target.isPattern()) {
            Pod pod = call(
                    "get",
                    target.reference(target.name()),
                    () -> pods(target).withName(target.name()).get());
            return pod == null ? List.of() : List.of(pod);
        }
        PodList drivers = call(
                "list",
                target.reference(null),
                () -> pods(target)
                        .withLabel(Constants.SPARK_ROLE_LABEL, Constants.SPARK_POD_DRIVER_ROLE)
                        .list());
        return drivers.getItems().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(target.prefix()))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    private NonNamespaceOperation<Pod, PodList, PodResource> pods(Target target) {
        return client.pods().inNamespace(target.namespace());
    }

    private <T> T call(String verb, ObjectReference object, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw errors.translate(e, verb, object);
        }
    }

    /** A parsed submission id. */
    private record Target(String namespace, String name) {
        static Target parse(String submissionId, String defaultNamespace) {
            int colon = submissionId.indexOf(':');
            String namespace = colon < 0 ? defaultNamespace : submissionId.substring(0, colon);
            String name = submissionId.substring(colon + 1);
            if (name.isBlank() || namespace == null || namespace.isBlank()) {
                throw new ClusterException(
                        "The submission ID '%s' is not valid. Write it as namespace:driver-pod-name, with * at the end for all names with this prefix."
                                .formatted(submissionId));
            }
            return new Target(namespace, name);
        }

        boolean isPattern() {
            return name.endsWith("*");
        }

        String prefix() {
            return name.substring(0, name.length() - 1);
        }

        ObjectReference reference(String pod) {
            return new ObjectReference("Pod", namespace, pod);
        }
    }
}
