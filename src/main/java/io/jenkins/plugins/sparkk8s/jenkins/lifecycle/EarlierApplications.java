package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiErrors;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Finds drivers of the same job and application name that still run, and does with them what the step says. */
final class EarlierApplications {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final long GONE_SECONDS = 120;

    private final KubernetesClient client;
    private final DriverSpec spec;

    EarlierApplications(KubernetesClient client, DriverSpec spec) {
        this.client = client;
        this.spec = spec;
    }

    /** What an earlier application and this one have in common. */
    Object identity() {
        return List.of(client.getMasterUrl(), spec.namespace(), labels());
    }

    /**
     * @param whenRunning one of the step's choices
     * @throws SparkApplicationException when one runs and the step forbids it, or the cluster refuses
     */
    void refuse(String whenRunning) throws SparkApplicationException {
        List<Pod> running = whenRunning.equals(SparkK8sSubmitStep.FORBID) ? running() : List.of();
        if (!running.isEmpty()) {
            throw new SparkApplicationException(
                    Kind.CONFIGURATION,
                    "The application still runs as %s in namespace %s, and whenRunning is 'forbid'. Wait for its end, stop it, or use 'replace'."
                            .formatted(names(running), spec.namespace()));
        }
    }

    /**
     * Returns when none runs any more, if the step says so.
     *
     * @param whenRunning one of the step's choices
     * @param log for one line for each application that is stopped
     */
    void replace(String whenRunning, Consumer<String> log) {
        if (whenRunning.equals(SparkK8sSubmitStep.REPLACE)) {
            running().forEach(pod -> replace(pod, log));
        }
    }

    private void replace(Pod pod, Consumer<String> log) {
        String name = pod.getMetadata().getName();
        call("delete", name, () -> client.resource(pod).delete());
        log.accept("stopping the driver %s of an earlier build, as whenRunning is 'replace'".formatted(name));
        call(
                "watch",
                name,
                () -> client.resource(pod)
                        .waitUntilCondition(
                                now -> now == null
                                        || !now.getMetadata()
                                                .getUid()
                                                .equals(pod.getMetadata().getUid()),
                                GONE_SECONDS,
                                TimeUnit.SECONDS));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = spec.pod().getMetadata().getLabels();
        return Map.of(
                Constants.SPARK_ROLE_LABEL,
                Constants.SPARK_POD_DRIVER_ROLE,
                BuildLabels.JOB,
                labels.get(BuildLabels.JOB),
                Constants.SPARK_APP_NAME_LABEL,
                labels.get(Constants.SPARK_APP_NAME_LABEL));
    }

    private List<Pod> running() {
        List<Pod> pods = call(
                "list",
                null,
                () -> client.pods()
                        .inNamespace(spec.namespace())
                        .withLabels(labels())
                        .list()
                        .getItems());
        String own = spec.pod().getMetadata().getLabels().get(Constants.OWN_APPLICATION_LABEL);
        return pods.stream()
                .filter(pod -> !own.equals(pod.getMetadata().getLabels().get(Constants.OWN_APPLICATION_LABEL)))
                .filter(pod -> !ENDED.contains(pod.getStatus().getPhase()))
                .toList();
    }

    private static String names(List<Pod> pods) {
        return String.join(
                ", ", pods.stream().map(pod -> pod.getMetadata().getName()).toList());
    }

    private <T> T call(String verb, String name, java.util.function.Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw new ApiErrors(client.getMasterUrl().toString())
                    .translate(e, verb, new ObjectReference("Pod", spec.namespace(), name));
        }
    }
}
