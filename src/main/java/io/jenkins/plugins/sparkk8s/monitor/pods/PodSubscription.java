package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub.Place;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What one listener gets of a shared watch: the pods that it selects, listed first and whenever the watch had to begin
 * anew. The listener is called in order and never by the thread of the watch, so that one that is slow holds up no other.
 */
public final class PodSubscription implements PodWatch {
    private static final Logger LOGGER = Logger.getLogger(PodSubscription.class.getName());

    private final PodWatchHub hub;
    private final Place place;
    private final PodQuery pods;
    private final Listener listener;
    private final ScheduledExecutorService scheduler;
    private final Backoff backoff;

    /** Pods that the listener has been told of, by uid; used by the calls to the listener alone. */
    private final Set<String> told = new HashSet<>();

    // Guarded by this.
    private final Queue<Runnable> calls = new ArrayDeque<>();
    private boolean calling;
    private boolean listing;
    private boolean closed;
    private ScheduledFuture<?> relisting;

    PodSubscription(
            PodWatchHub hub,
            Place place,
            PodQuery pods,
            Listener listener,
            ScheduledExecutorService scheduler,
            Backoff backoff) {
        this.hub = hub;
        this.place = place;
        this.pods = pods;
        this.listener = listener;
        this.scheduler = scheduler;
        this.backoff = backoff;
    }

    Place place() {
        return place;
    }

    String application() {
        return pods.application();
    }

    @Override
    public void start() {
        hub.add(this);
    }

    @Override
    public void retryNow() {
        hub.retryNow(place);
        synchronized (this) {
            if (relisting != null && relisting.cancel(false)) {
                relisting = null;
                backoff.reset();
                list();
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            calls.clear();
            if (relisting != null) {
                relisting.cancel(false);
            }
        }
        hub.remove(this);
    }

    /** Tells the listener of everything there is, soon. What changes meanwhile is told after it. */
    synchronized void list() {
        if (!listing) {
            listing = true;
            call(this::listNow);
        }
    }

    void changed(Pod seen) {
        call(() -> {
            Pod pod = pods.masked(seen);
            if (pods.selects(pod)) {
                told.add(pod.getMetadata().getUid());
                listener.changed(pod);
            } else {
                left(pod);
            }
        });
    }

    void deleted(Pod pod) {
        call(() -> left(pods.masked(pod)));
    }

    void interrupted() {
        call(listener::interrupted);
    }

    private void left(Pod pod) {
        if (told.remove(pod.getMetadata().getUid()) || pods.selects(pod)) {
            listener.deleted(pod);
        }
    }

    private void listNow() {
        synchronized (this) {
            listing = false;
        }
        PodList list;
        try {
            list = pods.list(null);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The pods of an application could not be listed; it will be tried again.", e);
            listLater();
            listener.interrupted();
            return;
        }
        backoff.reset();
        list.getItems().forEach(pod -> told.add(pod.getMetadata().getUid()));
        listener.listed(list.getItems(), list.getMetadata().getResourceVersion());
    }

    private synchronized void listLater() {
        if (!closed) {
            relisting = scheduler.schedule(this::list, backoff.next().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void call(Runnable next) {
        if (closed) {
            return;
        }
        calls.add(next);
        if (!calling) {
            calling = true;
            execute();
        }
    }

    private void execute() {
        try {
            scheduler.execute(this::callAll);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The scheduler is shut down; the listener is told no more.", e);
        }
    }

    private void callAll() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, "News of a pod could not be handled; the next list repairs it.", e);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable next = calls.poll();
        calling = next != null;
        return next;
    }
}
