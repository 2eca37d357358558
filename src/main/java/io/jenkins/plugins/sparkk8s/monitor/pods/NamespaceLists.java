package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.jenkins.plugins.sparkk8s.monitor.pods.PodSource.Listed;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * The lists of one namespace: one at a time, and each for all applications that need one by then. Not thread-safe: used by
 * tasks of the namespace's mailbox.
 */
final class NamespaceLists {
    /** A namespace that takes long to list is listed less often: at most for one tenth of the time. */
    private static final int REST_AFTER_LIST = 10;

    private final PodSource source;
    private final Mailbox mailbox;
    private final Handler handler;
    private final Set<PodSubscription> unlisted = new LinkedHashSet<>();
    private boolean pollOnly = true;
    private boolean listing;
    private Duration lastTook = Duration.ZERO;

    /** Is notified by tasks of the mailbox. */
    interface Handler {
        /** @param isPoll whether nothing but time has led to the list */
        void listed(Collection<PodSubscription> served, Listed list, boolean isPoll);

        /** The applications need a list as before. */
        void notListed(Collection<PodSubscription> served, RuntimeException cause);
    }

    NamespaceLists(PodSource source, Mailbox mailbox, Handler handler) {
        this.source = source;
        this.mailbox = mailbox;
        this.handler = handler;
    }

    /** These need a list that begins later than now. */
    void request(Collection<PodSubscription> which) {
        unlisted.addAll(which);
        pollOnly = false;
    }

    /** As {@link #request}, for no other reason than the time that has passed. */
    void requestPoll(Collection<PodSubscription> which) {
        unlisted.addAll(which);
    }

    void remove(PodSubscription subscription) {
        unlisted.remove(subscription);
    }

    /** How long to wait after the last list, so that lists do not take all of the time. */
    Duration rest() {
        return lastTook.multipliedBy(REST_AFTER_LIST);
    }

    /** Begins a list when one is needed and none is under way. */
    void proceed() {
        if (listing || unlisted.isEmpty()) {
            return;
        }
        Set<PodSubscription> served = new LinkedHashSet<>(unlisted);
        boolean isPoll = pollOnly;
        boolean fromCache =
                isPoll && served.stream().allMatch(one -> one.polls().fromCache());
        List<String> applications =
                served.stream().map(PodSubscription::application).distinct().toList();
        unlisted.clear();
        pollOnly = true;
        listing = true;
        long start = System.nanoTime();
        source.list(applications, fromCache)
                .whenComplete((list, problem) -> mailbox.execute(() -> {
                    listing = false;
                    if (problem == null) {
                        lastTook = Duration.ofNanos(System.nanoTime() - start);
                        handler.listed(served, list, isPoll);
                    } else {
                        handler.notListed(served, unwrapped(problem));
                    }
                }));
    }

    private static RuntimeException unwrapped(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
