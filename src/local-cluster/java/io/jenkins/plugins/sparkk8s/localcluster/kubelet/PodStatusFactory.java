package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derives a pod's status from its containers; see
 * <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod Lifecycle</a>. Remembers when each
 * condition last changed.
 */
final class PodStatusFactory {

    private final RestartPolicy restartPolicy;
    private final String startTime = now();
    private final Map<String, PodCondition> conditions = new LinkedHashMap<>();

    PodStatusFactory(RestartPolicy restartPolicy) {
        this.restartPolicy = restartPolicy;
    }

    /**
     * Current status.
     *
     * @param podIp null before the pod has one
     */
    PodStatus status(List<ContainerRun> init, List<ContainerRun> containers, String podIp) {
        String phase = phase(init, containers);
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        String overReason = over ? (phase.equals("Succeeded") ? "PodCompleted" : "PodFailed") : null;
        boolean initialized = init.stream().allMatch(ContainerRun::hasSucceeded);
        boolean ready = initialized && containers.stream().allMatch(ContainerRun::isRunning);
        String notReady = ready ? null : over ? overReason : "ContainersNotReady";
        condition("PodScheduled", true, null);
        condition("Initialized", initialized, initialized ? null : "ContainersNotInitialized");
        condition("ContainersReady", ready, notReady);
        condition("Ready", ready, notReady);
        return new PodStatusBuilder()
                .withPhase(phase)
                .withHostIP(ProcessKubelet.HOST_IP)
                .withPodIP(podIp)
                .withPodIPs(podIp == null ? List.of() : List.of(new PodIP(podIp)))
                .withStartTime(startTime)
                .withConditions(List.copyOf(conditions.values()))
                .withInitContainerStatuses(
                        init.stream().map(ContainerRun::status).toList())
                .withContainerStatuses(
                        containers.stream().map(ContainerRun::status).toList())
                .build();
    }

    private String phase(List<ContainerRun> init, List<ContainerRun> containers) {
        boolean initFailed = init.stream()
                .anyMatch(run -> run.isTerminated()
                        && !run.hasSucceeded()
                        && !restartPolicy.forInit().restarts(false));
        if (initFailed) {
            return "Failed";
        }
        if (containers.stream().allMatch(run -> run.isTerminated() && !restartPolicy.restarts(run.hasSucceeded()))) {
            return containers.stream().allMatch(ContainerRun::hasSucceeded) ? "Succeeded" : "Failed";
        }
        boolean begun =
                containers.stream().anyMatch(run -> run.isRunning() || run.isTerminated() || run.hasRestarted());
        return begun ? "Running" : "Pending";
    }

    private void condition(String type, boolean value, String reason) {
        String text = value ? "True" : "False";
        PodCondition before = conditions.get(type);
        boolean same = before != null && before.getStatus().equals(text);
        conditions.put(
                type,
                new PodConditionBuilder()
                        .withType(type)
                        .withStatus(text)
                        .withReason(reason)
                        .withLastTransitionTime(same ? before.getLastTransitionTime() : now())
                        .build());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
