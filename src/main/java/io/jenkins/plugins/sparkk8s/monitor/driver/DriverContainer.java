package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import java.util.List;
import java.util.Optional;

/**
 * Finds Spark's container among those of the driver pod. Its end is the application's end, also while side-cars keep
 * the pod running.
 *
 * @param configuredName from {@code spark.kubernetes.driver.podTemplateContainerName}; null when not configured
 */
public record DriverContainer(String configuredName) {
    /** Spark's own name ({@code deploy/k8s/Constants.scala}). */
    static final String DEFAULT_NAME = "spark-kubernetes-driver";

    /**
     * The configured name if the pod has such a container, else Spark's default. A pod template without the key gives
     * its first container to Spark under the name it has there; that one is known by its argument {@code driver}.
     */
    public String nameIn(Pod pod) {
        List<Container> containers =
                pod.getSpec() == null ? List.of() : pod.getSpec().getContainers();
        if (configuredName != null && has(containers, configuredName)) {
            return configuredName;
        }
        if (has(containers, DEFAULT_NAME)) {
            return DEFAULT_NAME;
        }
        return containers.stream()
                .filter(DriverContainer::runsDriver)
                .findFirst()
                .or(() -> containers.size() == 1 ? Optional.of(containers.get(0)) : Optional.empty())
                .map(Container::getName)
                .orElse(configuredName == null ? DEFAULT_NAME : configuredName);
    }

    Optional<ContainerStatus> statusIn(Pod pod) {
        return Pods.container(pod, nameIn(pod));
    }

    Optional<ContainerStateTerminated> terminatedIn(Pod pod) {
        return statusIn(pod).flatMap(Pods::terminated);
    }

    /** Whether the container runs or has run: from then on there may be a log. */
    public boolean hasStarted(Pod pod) {
        return statusIn(pod)
                .filter(status ->
                        Pods.isRunning(status) || Pods.terminated(status).isPresent())
                .isPresent();
    }

    /** The container whose failure is why this one never ran; empty when it ran, or none failed. */
    public Optional<String> culpritIn(Pod pod) {
        return DriverResult.culprit(pod, this);
    }

    private static boolean has(List<Container> containers, String name) {
        return containers.stream().anyMatch(container -> name.equals(container.getName()));
    }

    private static boolean runsDriver(Container container) {
        return container.getArgs() != null
                && !container.getArgs().isEmpty()
                && "driver".equals(container.getArgs().get(0));
    }
}
