package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One watch for all applications of a namespace, since each open watch costs the client a thread and the API server a
 * connection. What it tells goes to the applications by their label {@code spark-app-selector}, which Spark puts on driver
 * and executors alike.
 *
 * <p>A watch is opened with the first application of a namespace and closed with the last. Thread-safe; lives as long as its
 * scheduler.
 */
public final class PodWatchHub {
    private final ScheduledExecutorService scheduler;
    private final MonitorTimings pace;
    private final Map<Place, SharedWatch> watches = new HashMap<>();

    /** Clients are told apart by what they are, not by what they are configured to. */
    record Place(KubernetesClient client, String namespace) {}

    /** @param scheduler see {@code MonitorScheduler} */
    public PodWatchHub(ScheduledExecutorService scheduler) {
        this(scheduler, MonitorTimings.ordinary());
    }

    public PodWatchHub(ScheduledExecutorService scheduler, MonitorTimings pace) {
        this.scheduler = scheduler;
        this.pace = pace;
    }

    /**
     * @param client must stay open as long as the watch
     * @param pods of one application
     */
    public PodWatch watch(KubernetesClient client, PodQuery pods, PodWatch.Listener listener) {
        return new PodSubscription(
                this, new Place(client, pods.namespace()), pods, listener, scheduler, pace.backoff());
    }

    synchronized void add(PodSubscription subscription) {
        watches.computeIfAbsent(subscription.place(), place -> new SharedWatch(place, scheduler, pace.backoff()))
                .add(subscription);
    }

    synchronized void remove(PodSubscription subscription) {
        SharedWatch shared = watches.get(subscription.place());
        if (shared != null && shared.remove(subscription)) {
            watches.remove(subscription.place());
        }
    }

    void retryNow(Place place) {
        SharedWatch shared;
        synchronized (this) {
            shared = watches.get(place);
        }
        if (shared != null) {
            shared.watch.retryNow();
        }
    }

    /** The watch of one namespace, and who listens to it. */
    private static final class SharedWatch implements PodWatch.Listener {
        private final PodListWatch watch;
        private final Map<String, List<PodSubscription>> subscriptions = new HashMap<>();
        private boolean begun;

        SharedWatch(Place place, ScheduledExecutorService scheduler, Backoff backoff) {
            PodQuery all = PodQuery.applications(SingleAttempts.of(place.client()), place.namespace());
            watch = new PodListWatch(all, this, scheduler, backoff);
            watch.start();
        }

        synchronized void add(PodSubscription subscription) {
            subscriptions
                    .computeIfAbsent(subscription.application(), id -> new ArrayList<>())
                    .add(subscription);
            if (begun) {
                subscription.list();
            }
        }

        /** @return whether it was the last one */
        synchronized boolean remove(PodSubscription subscription) {
            subscriptions.computeIfPresent(subscription.application(), (id, all) -> {
                all.remove(subscription);
                return all.isEmpty() ? null : all;
            });
            if (subscriptions.isEmpty()) {
                watch.close();
            }
            return subscriptions.isEmpty();
        }

        private synchronized List<PodSubscription> all() {
            return subscriptions.values().stream().flatMap(List::stream).toList();
        }

        private synchronized List<PodSubscription> of(Pod pod) {
            Map<String, String> labels = pod.getMetadata().getLabels();
            String application = labels == null ? null : labels.get(Labels.APPLICATION);
            return List.copyOf(subscriptions.getOrDefault(application, List.of()));
        }

        /** The watch starts at this version, without telling of any pod: each application lists its own from now on. */
        @Override
        public synchronized void listed(List<Pod> pods, String version) {
            begun = true;
            all().forEach(PodSubscription::list);
        }

        @Override
        public void changed(Pod pod) {
            of(pod).forEach(subscription -> subscription.changed(pod));
        }

        @Override
        public void deleted(Pod pod) {
            of(pod).forEach(subscription -> subscription.deleted(pod));
        }

        @Override
        public void interrupted() {
            all().forEach(PodSubscription::interrupted);
        }
    }
}
