package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The requests that are made about one namespace, lists page by page. */
final class NamespaceRequests implements PodSource {
    /** Pods in one answer. */
    private static final int PAGE = 500;

    private final ApiConnection connection;
    private final String namespace;
    private final Executor parsing;

    /** @param parsing reads the answers */
    NamespaceRequests(ApiConnection connection, String namespace, Executor parsing) {
        this.connection = connection;
        this.namespace = namespace;
        this.parsing = parsing;
    }

    @Override
    public CompletableFuture<Listed> list(Collection<String> applications, boolean fromCache) {
        String path = "/api/v1/namespaces/%s/pods?labelSelector=%s%s"
                .formatted(
                        PodSelector.encode(namespace),
                        PodSelector.of(applications),
                        fromCache ? "&resourceVersion=0" : "&limit=" + PAGE);
        return page(path, "", new ArrayList<>());
    }

    private CompletableFuture<Listed> page(String path, String from, List<Pod> before) {
        return connection
                .get(path + from)
                .thenApplyAsync(body -> read(body, PodList.class), parsing)
                .thenCompose(list -> {
                    list.getItems().forEach(pod -> before.add(ReducedPods.reduced(pod)));
                    String next = list.getMetadata().getContinue();
                    return next == null || next.isEmpty()
                            ? CompletableFuture.completedFuture(
                                    new Listed(before, list.getMetadata().getResourceVersion()))
                            : page(path, "&continue=" + PodSelector.encode(next), before);
                });
    }

    @Override
    public CompletableFuture<List<Event>> events(String pod) {
        return connection
                .get("/api/v1/namespaces/%s/events?fieldSelector=%s"
                        .formatted(PodSelector.encode(namespace), PodSelector.encode("involvedObject.name=" + pod)))
                .thenApplyAsync(body -> read(body, EventList.class).getItems(), parsing);
    }

    private <T> T read(byte[] body, Class<T> type) {
        return connection.client().getKubernetesSerialization().unmarshal(new ByteArrayInputStream(body), type);
    }

    @Override
    public Watch watch(String version, Watcher<Pod> watcher) {
        KubernetesClient client = connection.client();
        return client.pods()
                .inNamespace(namespace)
                .withLabel(Labels.APPLICATION)
                .watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(version)
                                .withAllowWatchBookmarks(true)
                                .build(),
                        watcher);
    }

    @Override
    public boolean isReachable() {
        return connection.isReachable();
    }

    @Override
    public void failed(RuntimeException cause) {
        connection.failed(cause);
    }

    @Override
    public void add(ApiConnection.Listener listener) {
        connection.add(listener);
    }

    @Override
    public void remove(ApiConnection.Listener listener) {
        connection.remove(listener);
    }
}
