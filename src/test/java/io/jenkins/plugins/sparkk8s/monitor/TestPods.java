package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import java.util.List;
import java.util.function.UnaryOperator;

/** Pods as Spark and the kubelet make them. */
public final class TestPods {
    public static final String NAMESPACE = "default";
    public static final String APPLICATION_ID = "spark-0123456789abcdef";
    public static final String DRIVER_CONTAINER = "spark-kubernetes-driver";
    public static final String EXECUTOR_CONTAINER = "spark-kubernetes-executor";
    static final String STARTED = "2026-01-01T00:00:10Z";
    public static final String FINISHED = "2026-01-01T00:01:00Z";

    public static final String DRIVER_FINISHED = "2026-01-01T00:01:30Z";

    private TestPods() {}

    public static PodBuilder driver() {
        return pod("pi-driver", "driver", DRIVER_CONTAINER);
    }

    public static PodBuilder executor(long id) {
        return pod("pi-exec-" + id, "executor", EXECUTOR_CONTAINER)
                .editMetadata()
                .addToLabels(Labels.EXECUTOR_ID, String.valueOf(id))
                .endMetadata();
    }

    private static PodBuilder pod(String name, String role, String container) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .addToLabels(Labels.APPLICATION, APPLICATION_ID)
                .addToLabels(Labels.ROLE, role)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withNodeName("node-1")
                .addNewContainer()
                .withName(container)
                .withImage("spark")
                .withArgs(role)
                .endContainer()
                .endSpec();
    }

    /** Changes the status of a pod to a phase with these container statuses. */
    public static UnaryOperator<Pod> status(String phase, ContainerStatus... containers) {
        return pod -> new PodBuilder(pod)
                .withStatus(new PodStatusBuilder()
                        .withPhase(phase)
                        .withContainerStatuses(List.of(containers))
                        .build())
                .build();
    }

    /** Changes the status to a pod-level failure without any container status. */
    public static UnaryOperator<Pod> failed(String reason, String message) {
        return pod -> new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message)
                .endStatus()
                .build();
    }

    public static UnaryOperator<Pod> unschedulable(String message) {
        return pod -> new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    public static ContainerStatus running(String name) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage("spark")
                .withImageID("")
                .withReady(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .withStartedAt(STARTED)
                .endRunning()
                .endState()
                .build();
    }

    public static ContainerStatus waiting(String name, String reason, String message) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage("spark")
                .withImageID("")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .endState()
                .build();
    }

    public static ContainerStatus terminated(String name, int exitCode) {
        return terminated(name, exitCode, exitCode == 0 ? "Completed" : "Error", null);
    }

    /** A driver ends half a minute after its executors. */
    public static ContainerStatus terminated(String name, int exitCode, String reason, String message) {
        String finished = name.equals(DRIVER_CONTAINER) ? DRIVER_FINISHED : FINISHED;
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage("spark")
                .withImageID("")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .withStartedAt(STARTED)
                .withFinishedAt(finished)
                .endTerminated()
                .endState()
                .build();
    }
}
