package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which pods are meant, and the ways to ask for them. Immutable; {@link #list} and {@link #watch} are one request each and
 * block.
 */
public final class PodQuery {
    /** Lets the API server answer from its cache ({@code enablePollingWithResourceVersion}). */
    public static final String ANY_VERSION = "0";

    private static final PodTexts NO_SECRETS = new PodTexts(SecretMask.none());

    private final FilterWatchListDeletable<Pod, PodList, PodResource> pods;
    private final String namespace;
    private final String application;
    private final Predicate<Pod> selection;

    /** How many pods a list has at most; null for all. */
    private final Long limit;

    private final PodTexts texts;

    private PodQuery(
            FilterWatchListDeletable<Pod, PodList, PodResource> pods,
            String namespace,
            String application,
            Predicate<Pod> selection,
            Long limit,
            PodTexts texts) {
        this.pods = pods;
        this.namespace = namespace;
        this.application = application;
        this.selection = selection;
        this.limit = limit;
        this.texts = texts;
    }

    /** The same pods without the secrets that their statuses may have; the pods of a plain query have what they have. */
    public PodQuery hiding(SecretMask mask) {
        return new PodQuery(pods, namespace, application, selection, limit, new PodTexts(mask));
    }

    /** The pod as listeners may get it. */
    Pod masked(Pod pod) {
        return texts.masked(pod);
    }

    /** The executors of an application, without finished ones that the driver has marked as inactive. */
    public static PodQuery executors(KubernetesClient client, MonitoredApplication application) {
        return new PodQuery(
                client.pods()
                        .inNamespace(application.namespace())
                        .withLabel(Labels.APPLICATION, application.applicationId())
                        .withLabel(Labels.ROLE, Labels.EXECUTOR_ROLE)
                        .withoutLabel(Labels.INACTIVE, "true"),
                application.namespace(),
                application.applicationId(),
                PodQuery::isActiveExecutor,
                null,
                NO_SECRETS);
    }

    private static boolean isActiveExecutor(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null
                && Labels.EXECUTOR_ROLE.equals(labels.get(Labels.ROLE))
                && !"true".equals(labels.get(Labels.INACTIVE));
    }

    public static PodQuery driver(KubernetesClient client, MonitoredApplication application) {
        return new PodQuery(
                client.pods()
                        .inNamespace(application.namespace())
                        .withField("metadata.name", application.driverPodName()),
                application.namespace(),
                application.applicationId(),
                pod -> application.driverPodName().equals(pod.getMetadata().getName()),
                null,
                NO_SECRETS);
    }

    /** The pods of all applications of a namespace, to be watched only: a list has no more than one of them. */
    static PodQuery applications(KubernetesClient client, String namespace) {
        return new PodQuery(
                client.pods().inNamespace(namespace).withLabel(Labels.APPLICATION),
                namespace,
                null,
                pod -> true,
                1L,
                NO_SECRETS);
    }

    String namespace() {
        return namespace;
    }

    /** Its id; null when the pods are not of one application alone. */
    String application() {
        return application;
    }

    /** Whether a pod of the application is among those that are meant. */
    boolean selects(Pod pod) {
        return selection.test(pod);
    }

    /**
     * @param version null for a consistent list, {@link #ANY_VERSION} for one from the API server's cache
     * @throws KubernetesClientException when the API server cannot be reached or refuses
     */
    public PodList list(String version) {
        PodList list = pods.list(new ListOptionsBuilder()
                .withResourceVersion(version)
                .withLimit(limit)
                .build());
        list.setItems(list.getItems().stream().map(texts::masked).toList());
        return list;
    }

    /**
     * Opens a watch for what happens after the given version.
     *
     * @throws KubernetesClientException when the API server cannot be reached or refuses
     */
    Watch watch(String version, Watcher<Pod> watcher) {
        return pods.watch(
                new ListOptionsBuilder()
                        .withResourceVersion(version)
                        .withAllowWatchBookmarks(true)
                        .build(),
                watcher);
    }
}
