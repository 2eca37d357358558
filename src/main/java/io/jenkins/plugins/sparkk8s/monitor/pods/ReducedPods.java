package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;

/** Keeps of a pod what the monitoring reads: a pod of Spark is mostly volumes, environment and managed fields. */
final class ReducedPods {
    private ReducedPods() {}

    /** @param pod is not used by others; is changed and returned */
    static Pod reduced(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        metadata.setManagedFields(null);
        metadata.setAnnotations(null);
        metadata.setOwnerReferences(null);
        metadata.setFinalizers(null);
        PodSpec spec = pod.getSpec();
        if (spec != null) {
            PodSpec kept = new PodSpec();
            kept.setNodeName(spec.getNodeName());
            kept.setRestartPolicy(spec.getRestartPolicy());
            kept.setContainers(
                    spec.getContainers().stream().map(ReducedPods::reduced).toList());
            pod.setSpec(kept);
        }
        return pod;
    }

    /** Spark's container is known by its name or by its first argument. */
    private static Container reduced(Container container) {
        List<String> args = container.getArgs();
        Container kept = new Container();
        kept.setName(container.getName());
        kept.setArgs(args == null || args.isEmpty() ? args : List.of(args.get(0)));
        return kept;
    }
}
