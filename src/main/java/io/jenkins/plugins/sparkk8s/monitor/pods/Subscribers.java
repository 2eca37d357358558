package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The monitored applications of one namespace, and what has to be reported to all of them. Not thread-safe: used by tasks of
 * the namespace's mailbox.
 */
final class Subscribers {
    private final Map<String, List<PodSubscription>> byApplication = new HashMap<>();
    private boolean failing;
    /** Null while the watch is not refused. */
    private RuntimeException watchRefusal;

    void add(PodSubscription subscription) {
        byApplication
                .computeIfAbsent(subscription.application(), id -> new ArrayList<>())
                .add(subscription);
        if (watchRefusal != null) {
            subscription.watchRefused(watchRefusal);
        }
    }

    void remove(PodSubscription subscription) {
        byApplication.computeIfPresent(subscription.application(), (id, some) -> {
            some.remove(subscription);
            return some.isEmpty() ? null : some;
        });
    }

    List<PodSubscription> all() {
        return byApplication.values().stream().flatMap(List::stream).toList();
    }

    boolean contains(PodSubscription subscription) {
        return byApplication.getOrDefault(subscription.application(), List.of()).contains(subscription);
    }

    /** Hands a pod's change to the application that it belongs to. */
    void changed(Pod pod, boolean deleted) {
        byApplication.getOrDefault(PodSelector.application(pod), List.of()).forEach(one -> one.changed(pod, deleted));
    }

    /** Deals a list out to those that it was made for. */
    static void deal(Collection<PodSubscription> served, PodSource.Listed list, boolean isPoll) {
        Map<String, List<Pod>> pods = new HashMap<>();
        for (Pod pod : list.pods()) {
            pods.computeIfAbsent(PodSelector.application(pod), id -> new ArrayList<>())
                    .add(pod);
        }
        served.forEach(one -> one.listed(pods.getOrDefault(one.application(), List.of()), list.version(), isPoll));
    }

    /** A request was refused. */
    void failed(RuntimeException cause) {
        failing = true;
        each(one -> one.failed(cause));
    }

    /** The API server does not answer. */
    void unreachable(RuntimeException cause) {
        failing = true;
        each(one -> one.unreachable(cause));
    }

    void succeeded() {
        if (failing) {
            failing = false;
            each(PodSubscription::answered);
        }
    }

    /** The right to watch is missing; reported once to each application until a watch opens. */
    void watchRefused(RuntimeException cause) {
        if (watchRefusal == null) {
            watchRefusal = cause;
            each(one -> one.watchRefused(cause));
        }
    }

    void watchOpened() {
        watchRefusal = null;
        succeeded();
    }

    private void each(Consumer<PodSubscription> task) {
        all().forEach(task);
    }
}
