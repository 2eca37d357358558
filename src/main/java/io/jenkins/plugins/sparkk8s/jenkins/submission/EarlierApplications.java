package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.Util;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiErrors;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds drivers of the same job and application name that still run, and does with them what the step says.
 *
 * <p>Which job a driver belongs to is decided by the label that the controller computes for this build's job. What the agent
 * answered is not asked: another value there would stop drivers of other jobs.
 */
final class EarlierApplications {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final long GONE_SECONDS = 120;

    private final KubernetesClient client;
    private final String namespace;
    private final String applicationId;
    private final Map<String, String> labels;

    /**
     * @param spec of the application that is to be submitted, as the agent made it
     * @param job value of {@link BuildLabels#JOB} for this job, computed by the controller
     * @param applicationId of the application that is to be submitted, which is not an earlier one
     */
    EarlierApplications(KubernetesClient client, DriverSpec spec, String job, String applicationId) {
        this.client = client;
        this.namespace = spec.namespace();
        this.applicationId = applicationId;
        this.labels = Map.of(
                Constants.SPARK_ROLE_LABEL,
                Constants.SPARK_POD_DRIVER_ROLE,
                BuildLabels.JOB,
                job,
                Constants.SPARK_APP_NAME_LABEL,
                Util.fixNull(spec.pod().getMetadata().getLabels().get(Constants.SPARK_APP_NAME_LABEL)));
    }

    /** What an earlier application and this one have in common. */
    Object identity() {
        return List.of(client.getMasterUrl().toString(), namespace, labels);
    }

    /**
     * @param whenRunning one of the step's choices
     * @throws SparkApplicationException when one runs and the step forbids it, or the cluster refuses
     */
    void refuse(WhenRunning whenRunning) throws SparkApplicationException {
        List<Pod> running = whenRunning == WhenRunning.FORBID ? running() : List.of();
        if (!running.isEmpty()) {
            throw new SparkApplicationException(
                    Kind.CONFIGURATION,
                    "The application still runs as %s in namespace %s, and whenRunning is 'forbid'. Wait for its end, stop it, or use 'replace'."
                            .formatted(names(running), namespace));
        }
    }

    /**
     * Returns when none runs any more, if the step says so.
     *
     * @param whenRunning one of the step's choices
     * @param log for one line for each application that is stopped
     */
    void replace(WhenRunning whenRunning, Consumer<String> log) {
        if (whenRunning == WhenRunning.REPLACE) {
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

    private List<Pod> running() {
        List<Pod> pods = call(
                "list",
                null,
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .list()
                        .getItems());
        return pods.stream()
                .filter(this::isEarlier)
                .filter(pod -> !ENDED.contains(pod.getStatus().getPhase()))
                .toList();
    }

    /** The selector has asked for the labels already; a server or proxy that ignores it must not cost others their drivers. */
    private boolean isEarlier(Pod pod) {
        Map<String, String> found = pod.getMetadata().getLabels();
        return found != null
                && found.entrySet().containsAll(labels.entrySet())
                && !applicationId.equals(found.get(Constants.OWN_APPLICATION_LABEL));
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
                    .translate(e, verb, new ObjectReference("Pod", namespace, name));
        }
    }
}
