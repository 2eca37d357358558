package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A pod's state for people, in the layout of Spark ({@code KubernetesUtils.formatPodState}). */
public final class PodDescription {
    private static final String NOTHING = "N/A";

    private PodDescription() {}

    /** Several lines, each starting with a line break and a tab; missing values are {@code N/A}. */
    public static String of(Pod pod) {
        Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
        Map<String, String> labels =
                new TreeMap<>(Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of()));
        String volumes = pod.getSpec() == null
                ? null
                : pod.getSpec().getVolumes().stream().map(Volume::getName).collect(Collectors.joining(", "));
        return new Lines(1)
                .add("pod name", pod.getMetadata().getName())
                .add("namespace", pod.getMetadata().getNamespace())
                .add(
                        "labels",
                        labels.entrySet().stream()
                                .map(label -> label.getKey() + " -> " + label.getValue())
                                .collect(Collectors.joining(", ")))
                .add("pod uid", pod.getMetadata().getUid())
                .add("creation time", pod.getMetadata().getCreationTimestamp())
                .add(
                        "service account name",
                        pod.getSpec() == null ? null : pod.getSpec().getServiceAccountName())
                .add("volumes", volumes)
                .add("node name", pod.getSpec() == null ? null : pod.getSpec().getNodeName())
                .add("start time", status.map(PodStatus::getStartTime).orElse(null))
                .add("phase", status.map(PodStatus::getPhase).orElse(null))
                .add("container status", containers(pod, 2))
                .text();
    }

    /** The states of all containers. */
    public static String containers(Pod pod) {
        return containers(pod, 1);
    }

    private static String containers(Pod pod, int indent) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses).orElse(List.of()).stream()
                .map(status -> container(status, indent))
                .collect(Collectors.joining("\n\n"));
    }

    private static String container(ContainerStatus status, int indent) {
        Lines lines =
                new Lines(indent).add("container name", status.getName()).add("container image", status.getImage());
        ContainerState state = Optional.ofNullable(status.getState()).orElseGet(ContainerState::new);
        if (state.getRunning() != null) {
            lines.add("container state", "running")
                    .add("container started at", state.getRunning().getStartedAt());
        } else if (state.getTerminated() != null) {
            terminated(lines, state.getTerminated());
        } else if (state.getWaiting() != null) {
            lines.add("container state", "waiting")
                    .add("pending reason", state.getWaiting().getReason());
        } else {
            lines.add("container state", NOTHING);
        }
        return lines.text();
    }

    private static void terminated(Lines lines, ContainerStateTerminated state) {
        lines.add("container state", "terminated")
                .add("container started at", state.getStartedAt())
                .add("container finished at", state.getFinishedAt())
                .add("exit code", String.valueOf(state.getExitCode()))
                .add("termination reason", state.getReason());
    }

    /** Lines of key and value, while they are collected. */
    private static final class Lines {
        private final String indent;
        private final List<String> lines = new ArrayList<>();

        Lines(int tabs) {
            this.indent = "\n" + "\t".repeat(tabs) + " ";
        }

        Lines add(String key, String value) {
            lines.add(indent + key + ": " + (value == null || value.isEmpty() ? NOTHING : value));
            return this;
        }

        String text() {
            return String.join("", lines);
        }
    }
}
