package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is to exist in the cluster for one driver; none of it has been created yet
 * ({@code KubernetesDriverSpec.scala}).
 *
 * @param pod complete, Spark's container last
 * @param properties what {@code spark.properties} holds
 * @param preResources objects that must exist before the pod
 * @param resources the other objects that the pod is to own, the objects with the driver's configuration files last
 * @param warnings what the user should know, one sentence each
 */
public record DriverSpec(
        Pod pod,
        SparkConf properties,
        List<HasMetadata> preResources,
        List<HasMetadata> resources,
        List<String> warnings) {

    public DriverSpec {
        preResources = List.copyOf(preResources);
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
    }

    /** All objects but the pod, in the order to create them. */
    public List<HasMetadata> dependants() {
        return Stream.concat(preResources.stream(), resources.stream()).toList();
    }

    public String namespace() {
        return pod.getMetadata().getNamespace();
    }

    public String podName() {
        return pod.getMetadata().getName();
    }

    /** Names only, since the objects may be Secrets. */
    @Override
    public String toString() {
        return "driver %s in namespace %s with %d other objects"
                .formatted(podName(), namespace(), dependants().size());
    }
}
