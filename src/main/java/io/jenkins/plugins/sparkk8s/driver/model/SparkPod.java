package io.jenkins.plugins.sparkk8s.driver.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.function.Consumer;

/**
 * The driver pod while it is being built: Spark's container stands beside the pod until the end, when it becomes the
 * last of the pod's containers ({@code SparkPod.scala}).
 *
 * @param pod with the other containers only
 * @param container the one that runs Spark
 */
public record SparkPod(Pod pod, Container container) {

    /** An empty pod with an empty container, what the fold starts from without a template. */
    public static SparkPod initial() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        return new SparkPod(pod, new ContainerBuilder().build());
    }

    /** A copy with a changed pod. */
    public SparkPod editPod(Consumer<PodBuilder> change) {
        PodBuilder builder = new PodBuilder(pod);
        change.accept(builder);
        return new SparkPod(builder.build(), container);
    }

    /** A copy with a changed container. */
    public SparkPod editContainer(Consumer<ContainerBuilder> change) {
        ContainerBuilder builder = new ContainerBuilder(container);
        change.accept(builder);
        return new SparkPod(pod, builder.build());
    }
}
