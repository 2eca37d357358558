package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;

/** Which pods are meant, and the two ways to ask for them. Immutable; each call is one request and blocks. */
final class PodQuery {
    /** Lets the API server answer from its cache ({@code enablePollingWithResourceVersion}). */
    static final String ANY_VERSION = "0";

    private final FilterWatchListDeletable<Pod, PodList, PodResource> pods;

    private PodQuery(FilterWatchListDeletable<Pod, PodList, PodResource> pods) {
        this.pods = pods;
    }

    /** The executors of an application, without finished ones that the driver has marked as inactive. */
    static PodQuery executors(KubernetesClient client, MonitoredApplication application) {
        return new PodQuery(client.pods()
                .inNamespace(application.namespace())
                .withLabel(Labels.APPLICATION, application.applicationId())
                .withLabel(Labels.ROLE, Labels.EXECUTOR_ROLE)
                .withoutLabel(Labels.INACTIVE, "true"));
    }

    static PodQuery driver(KubernetesClient client, MonitoredApplication application) {
        return new PodQuery(client.pods()
                .inNamespace(application.namespace())
                .withField("metadata.name", application.driverPodName()));
    }

    /**
     * @param version null for a consistent list, {@link #ANY_VERSION} for one from the API server's cache
     * @throws KubernetesClientException when the API server cannot be reached or refuses
     */
    PodList list(String version) {
        return pods.list(new ListOptionsBuilder().withResourceVersion(version).build());
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
