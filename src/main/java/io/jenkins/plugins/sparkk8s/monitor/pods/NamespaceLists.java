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

    /** While changes come by themselves, a list only confirms what is known. */
    private static final int REST_WHILE_WATCHED = 50;

    private final PodSource source;
    private final Mailbox mailbox;
    private final Handler handler;
    private final Set<PodSubscription> unlisted = new LinkedHashSet<>();
    private boolean pollOnly = true;
    private boolean listing;
    private final Gathering gathering = new Gathering();
    private Duration pollTook = Duration.ZERO;
    private long listedNanos;

    /** Is notified by tasks of the mailbox. */
    interface Handler {
        /** @param isPoll whether nothing but time has led to the list */
        void listed(Collection<PodSubscription> served, Listed list, boolean isPoll);

        /** A list may begin that was put off. */
        void due();

        /**
         * The applications need a list as before, unless it was a poll.
         *
         * @param isPoll as of {@link #listed}
         */
        void notListed(Collection<PodSubscription> served, RuntimeException cause, boolean isPoll);
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
        gathering.requested(System.nanoTime());
    }

    /** As {@link #request}, for no other reason than the time that has passed. */
    void requestPoll(Collection<PodSubscription> which) {
        unlisted.addAll(which);
    }

    void remove(PodSubscription subscription) {
        unlisted.remove(subscription);
    }

    /**
     * How long to wait yet, so that lists do not take all of the time; zero or less when it is over.
     *
     * @param isWatched whether changes come by themselves
     */
    Duration rest(boolean isWatched) {
        return pollTook.multipliedBy(isWatched ? REST_WHILE_WATCHED : REST_AFTER_LIST)
                .minusNanos(System.nanoTime() - listedNanos);
    }

    /** Begins a list when one is needed and none is under way. */
    void proceed() {
        if (listing || unlisted.isEmpty()) {
            return;
        }
        boolean isPoll = pollOnly;
        if (!isPoll && putOff()) {
            return;
        }
        Set<PodSubscription> served = new LinkedHashSet<>(unlisted);
        boolean fromCache =
                isPoll && served.stream().allMatch(one -> one.polls().fromCache());
        List<String> applications =
                served.stream().map(PodSubscription::application).distinct().toList();
        unlisted.clear();
        gathering.clear();
        pollOnly = true;
        listing = true;
        source.list(applications, fromCache)
                .whenComplete((list, problem) -> mailbox.execute(() -> {
                    listing = false;
                    if (problem == null) {
                        took(list.took(), isPoll);
                        handler.listed(served, list, isPoll);
                    } else {
                        handler.notListed(served, unwrapped(problem), isPoll);
                    }
                }));
    }

    /** A list for a few applications does not show how long one for all of them takes. */
    private void took(Duration time, boolean isPoll) {
        if (isPoll || time.compareTo(pollTook) > 0) {
            pollTook = time;
            listedNanos = System.nanoTime();
        }
    }

    /** A list of the whole namespace is for all that come at about the same time, or there would be several of them. */
    private boolean putOff() {
        if (!PodSelector.isOfAll(unlisted.size())) {
            return false;
        }
        Duration rest = gathering.rest(System.nanoTime());
        if (rest.isZero()) {
            return false;
        }
        listing = true;
        mailbox.schedule(
                () -> {
                    listing = false;
                    handler.due();
                },
                rest);
        return true;
    }

    private static RuntimeException unwrapped(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
