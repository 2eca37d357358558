package io.jenkins.plugins.sparkk8s.driver.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;

/**
 * One concern of the driver: what it changes in the pod, and which properties and objects it adds
 * ({@code KubernetesFeatureConfigStep.scala}).
 *
 * <p>A step reads and checks all it needs in its constructor; afterwards it is immutable and its methods cannot fail.
 */
public interface KubernetesFeatureConfigStep {

    /** The pod with this step's changes; the argument is left as it is. */
    SparkPod configurePod(SparkPod pod);

    /** Properties for the driver's {@code spark.properties}; they win over those of earlier steps. */
    default Map<String, String> additionalPodSystemProperties() {
        return Map.of();
    }

    /** Objects that must exist before the pod. */
    default List<HasMetadata> additionalPreKubernetesResources() {
        return List.of();
    }

    /** Objects that the driver pod is to own. */
    default List<HasMetadata> additionalKubernetesResources() {
        return List.of();
    }

    /** What the user should know although nothing is wrong; one sentence each. */
    default List<String> warnings() {
        return List.of();
    }
}
