package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;

/** Keeps of a pod what the monitoring reads: a pod of Spark is mostly volumes, environment and managed fields. */
final class ReducedPods {
    private ReducedPods() {}

    /** @param pod is not used by others; is changed and returned */
    static Pod reduced(Pod pod) {
        pod.setMetadata(reduced(pod.getMetadata()));
        pod.setSpec(pod.getSpec() == null ? null : reduced(pod.getSpec()));
        pod.setStatus(pod.getStatus() == null ? null : reduced(pod.getStatus()));
        return pod;
    }

    private static ObjectMeta reduced(ObjectMeta metadata) {
        ObjectMeta kept = new ObjectMeta();
        kept.setName(metadata.getName());
        kept.setNamespace(metadata.getNamespace());
        kept.setUid(metadata.getUid());
        kept.setResourceVersion(metadata.getResourceVersion());
        kept.setCreationTimestamp(metadata.getCreationTimestamp());
        kept.setDeletionTimestamp(metadata.getDeletionTimestamp());
        kept.setDeletionGracePeriodSeconds(metadata.getDeletionGracePeriodSeconds());
        kept.setLabels(metadata.getLabels());
        return kept;
    }

    private static PodSpec reduced(PodSpec spec) {
        PodSpec kept = new PodSpec();
        kept.setNodeName(spec.getNodeName());
        kept.setRestartPolicy(spec.getRestartPolicy());
        kept.setContainers(
                orNone(spec.getContainers()).stream().map(ReducedPods::reduced).toList());
        return kept;
    }

    private static Container reduced(Container container) {
        Container kept = new Container();
        kept.setName(container.getName());
        kept.setArgs(container.getArgs());
        return withFirstArgument(kept);
    }

    /** Spark's container is known by its name or by its first argument. */
    static Container withFirstArgument(Container container) {
        List<String> args = container.getArgs();
        container.setArgs(args == null || args.isEmpty() ? List.of() : List.of(args.get(0)));
        return container;
    }

    private static PodStatus reduced(PodStatus status) {
        PodStatus kept = new PodStatus();
        kept.setPhase(status.getPhase());
        kept.setReason(status.getReason());
        kept.setMessage(status.getMessage());
        kept.setConditions(status.getConditions());
        kept.setContainerStatuses(reduced(status.getContainerStatuses()));
        kept.setInitContainerStatuses(reduced(status.getInitContainerStatuses()));
        return kept;
    }

    private static List<ContainerStatus> reduced(List<ContainerStatus> statuses) {
        return orNone(statuses).stream().map(ReducedPods::reduced).toList();
    }

    private static <T> List<T> orNone(List<T> items) {
        return items == null ? List.of() : items;
    }

    private static ContainerStatus reduced(ContainerStatus status) {
        ContainerStatus kept = new ContainerStatus();
        kept.setName(status.getName());
        kept.setState(status.getState());
        kept.setLastState(status.getLastState());
        kept.setRestartCount(status.getRestartCount());
        return kept;
    }
}
