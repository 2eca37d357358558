package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Holds the current snapshot and hands every change to every subscriber.
 *
 * <p>The contract is Spark's ({@code ExecutorPodsSnapshotsStoreImpl}): each subscriber has a queue and an interval of
 * its own, gets all snapshots in order, and is never called concurrently with itself; no notification is lost.
 * Differently from Spark no exception of a subscriber ever ends the process, and no thread is owned here. Lives as long
 * as one application is monitored; {@link #stop} hands out what is still queued.
 */
public final class ExecutorPodsSnapshotsStore {
    private static final Logger LOGGER = Logger.getLogger(ExecutorPodsSnapshotsStore.class.getName());

    private final ExecutorPodMapper mapper;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private ExecutorPodsSnapshot current = ExecutorPodsSnapshot.empty();
    private boolean stopped;

    public ExecutorPodsSnapshotsStore(ExecutorPodMapper mapper, ScheduledExecutorService scheduler, Clock clock) {
        this.mapper = mapper;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** The subscriber first gets the current snapshot, at once; then what is new at each interval. */
    public synchronized void addSubscriber(Duration interval, SnapshotSubscriber subscriber) {
        if (stopped) {
            throw new IllegalStateException("The store of executor snapshots has been stopped.");
        }
        Subscription subscription = new Subscription(subscriber);
        subscription.add(current);
        subscriptions.add(subscription);
        subscription.task = scheduler.scheduleWithFixedDelay(
                subscription::notifySubscriber, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** One pod was added or modified. */
    void updatePod(Pod pod) {
        mapper.map(pod).ifPresent(this::update);
    }

    /** One pod is gone, or no longer selected. */
    void deletePod(Pod pod) {
        mapper.mapDeleted(pod).ifPresent(this::update);
    }

    /**
     * All pods were listed.
     *
     * @param listVersion resource version of the list; may be null
     */
    synchronized void replaceSnapshot(Collection<Pod> pods, String listVersion) {
        publish(current.replacedBy(pods, listVersion, clock.instant(), mapper));
    }

    synchronized ExecutorPodsSnapshot current() {
        return current;
    }

    private synchronized void update(ExecutorPodState state) {
        publish(current.with(state));
    }

    private void publish(ExecutorPodsSnapshot snapshot) {
        if (stopped || snapshot == current) {
            return;
        }
        current = snapshot;
        subscriptions.forEach(subscription -> subscription.add(snapshot));
    }

    /** Calls every subscriber soon, without waiting for its interval. */
    public void notifySubscribers() {
        for (Subscription subscription : all()) {
            try {
                scheduler.execute(subscription::notifySubscriber);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "The scheduler is shut down; the subscriber is called when the store stops.", e);
            }
        }
    }

    /** Takes nothing new from now on and hands out what is queued, on this thread unless a call is under way. */
    public void stop() {
        synchronized (this) {
            stopped = true;
        }
        for (Subscription subscription : all()) {
            subscription.task.cancel(false);
            subscription.notifySubscriber();
        }
    }

    private synchronized List<Subscription> all() {
        return List.copyOf(subscriptions);
    }

    /** One subscriber, its queue, and the rule that it is never called concurrently. */
    private static final class Subscription {
        private final SnapshotSubscriber subscriber;
        private final AtomicBoolean calling = new AtomicBoolean();
        private final AtomicInteger notifications = new AtomicInteger();
        private List<ExecutorPodsSnapshot> queue = new ArrayList<>();
        private ScheduledFuture<?> task;

        Subscription(SnapshotSubscriber subscriber) {
            this.subscriber = subscriber;
        }

        synchronized void add(ExecutorPodsSnapshot snapshot) {
            queue.add(snapshot);
        }

        private synchronized List<ExecutorPodsSnapshot> drain() {
            List<ExecutorPodsSnapshot> drained = queue;
            queue = new ArrayList<>();
            return drained;
        }

        /**
         * A notification that finds the subscriber busy is only counted: whoever calls it looks at the count once
         * more when it is done, so that a snapshot queued in between is handed out now.
         */
        void notifySubscriber() {
            notifications.incrementAndGet();
            while (notifications.get() > 0 && calling.compareAndSet(false, true)) {
                try {
                    notifications.set(0);
                    call(drain());
                } finally {
                    calling.set(false);
                }
            }
        }

        private void call(List<ExecutorPodsSnapshot> snapshots) {
            try {
                subscriber.onSnapshots(snapshots);
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, "A subscriber to executor snapshots failed; it goes on with the next.", e);
            }
        }
    }
}
