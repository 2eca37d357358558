package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;

/** A cluster that has no events and no past of a pod. */
abstract class EventlessPods implements PodSource {
    final Set<ApiConnection.Listener> listeners = new CopyOnWriteArraySet<>();

    @Override
    public CompletableFuture<List<PastVersion>> history(String pod, String since) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<List<Event>> events(String pod) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public void add(ApiConnection.Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void remove(ApiConnection.Listener listener) {
        listeners.remove(listener);
    }
}
