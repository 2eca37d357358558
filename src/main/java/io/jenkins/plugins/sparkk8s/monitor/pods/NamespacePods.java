package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodSource.Listed;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The pods of all monitored applications of one namespace: one watch that never stays closed, and lists that several
 * applications share. What comes is dealt out by the label {@code spark-app-selector}, which Spark puts on driver and
 * executors alike.
 *
 * <p>A list comes first, then a watch from its version, then again from the last version seen whenever the watch
 * closes. A version that the API server has forgotten (410 Gone) leads to one list for all. An application that comes
 * later is listed once; those that come meanwhile share the next list. So every change is either received as an event
 * or contained in a list, and none falls between the two. A list at the applications' polling interval is the safety
 * net; as long as the watch cannot be opened, each attempt lists first.
 *
 * <p><b>Why no informer of the client library.</b> It keeps every pod of the namespace in memory, of 1,000 applications
 * with 30 executors 629 KB for each application, or 74 KB and 14 s of CPU a list with a reduced store; what is here
 * keeps none. Its repeats know neither the probe that all requests of a server share nor jitter, its handlers are not
 * notified that the server is unreachable, which users are to read; and in 7.3.1 its resync ends for good after one
 * exception and a watch with a version that is gone reconnects forever. What remains to be written by hand is this
 * class, {@link NamespaceLists} and {@link NamespaceWatch}.
 *
 * <p>Thread-safe: all state is touched by tasks of the mailbox only.
 */
final class NamespacePods implements ApiConnection.Listener, NamespaceLists.Handler, NamespaceWatch.Handler {
    private static final Logger LOGGER = Logger.getLogger(NamespacePods.class.getName());

    private final PodSource source;
    private final Mailbox mailbox;
    private final MonitorTimings timings;
    private final Subscribers subscribers = new Subscribers();
    private final NamespaceLists lists;
    private final NamespaceWatch watch;
    private final Backoff backoff;

    private boolean closed;
    private Mailbox.Timer retry;
    private Mailbox.Timer poll;
    private Duration pollEvery;

    /**
     * @param opening runs what waits until a watch is open; shared by the namespaces of the connection
     * @param mailbox belongs to this namespace alone
     */
    NamespacePods(PodSource source, Executor opening, Mailbox mailbox, MonitorTimings timings) {
        this.source = source;
        this.mailbox = mailbox;
        this.timings = timings;
        this.lists = new NamespaceLists(source, mailbox, this);
        this.watch = new NamespaceWatch(source, opening, mailbox, timings, this);
        this.backoff = timings.backoff();
        source.add(this);
    }

    PodSource source() {
        return source;
    }

    /** Whether changes come by themselves. */
    boolean isWatched() {
        return watch.isOpen();
    }

    void add(PodSubscription subscription) {
        mailbox.execute(() -> {
            subscribers.add(subscription);
            lists.request(List.of(subscription));
            proceed();
            if (poll != null && subscription.polls().interval().compareTo(pollEvery) < 0) {
                pollLater();
            }
        });
    }

    void refresh(PodSubscription subscription) {
        mailbox.execute(() -> {
            if (subscribers.contains(subscription)) {
                lists.request(List.of(subscription));
                proceed();
            }
        });
    }

    void remove(PodSubscription subscription) {
        mailbox.execute(() -> {
            lists.remove(subscription);
            subscribers.remove(subscription);
        });
    }

    /** The last application has gone. */
    void close() {
        source.remove(this);
        mailbox.execute(() -> {
            closed = true;
            watch.close();
            mailbox.close();
        });
    }

    /** Does what is due and not under way, unless it waits for its next attempt. */
    private void proceed() {
        if (!closed && retry == null) {
            lists.proceed();
            watch.proceed();
        }
    }

    private void retryLater() {
        if (retry == null) {
            retryAfter(Jitter.of(backoff.next()));
        }
    }

    private void retryAfter(Duration delay) {
        if (retry != null) {
            retry.cancel();
        }
        retry = mailbox.schedule(
                () -> {
                    retry = null;
                    proceed();
                },
                delay);
    }

    private void pollLater() {
        if (poll != null) {
            poll.cancel();
        }
        pollEvery = subscribers.all().stream()
                .map(one -> one.polls().interval())
                .min(Duration::compareTo)
                .orElse(timings.driverPoll());
        poll = mailbox.schedule(this::poll, Jitter.of(longer(pollEvery, lists.rest(watch.isOpen()))));
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private void poll() {
        if (source.isReachable() && lists.rest(watch.isOpen()).compareTo(Duration.ZERO) <= 0) {
            lists.requestPoll(subscribers.all());
            proceed();
        }
        pollLater();
    }

    @Override
    public void listed(Collection<PodSubscription> served, Listed list, boolean isPoll) {
        watch.listed(list.version());
        // From a cache that is behind the watch: such a list would turn time back.
        boolean outdated = isPoll && watch.isAheadOf(list.version());
        if (!outdated) {
            Subscribers.deal(served, list, isPoll);
        }
        subscribers.succeeded();
        if (poll == null) {
            pollLater();
        }
        proceed();
    }

    @Override
    public void notListed(Collection<PodSubscription> served, RuntimeException cause, boolean isPoll) {
        LOGGER.log(Level.FINE, "Pods could not be listed; retrying.", cause);
        // That there was no answer at all is reported by the connection, once for all its requests.
        boolean isUnanswered = cause instanceof UnansweredException;
        // After an outage the watch has what happened meanwhile; a list of all pods would only hold it up.
        if (!isPoll || !isUnanswered) {
            lists.request(served.stream().filter(subscribers::contains).toList());
        }
        if (!isUnanswered) {
            subscribers.failed(cause);
        }
        retryLater();
    }

    @Override
    public void due() {
        proceed();
    }

    @Override
    public void opened() {
        subscribers.watchOpened();
    }

    @Override
    public void refused(RuntimeException cause, int outagesBefore) {
        if (UnansweredException.isLike(cause)) {
            source.failed(cause, outagesBefore);
        } else {
            lists.request(subscribers.all());
        }
        if (ApiFailure.code(cause) == HttpURLConnection.HTTP_FORBIDDEN) {
            subscribers.watchRefused(cause);
            retryAfter(Jitter.of(longer(backoff.next(), lists.rest(false))));
        } else {
            retryLater();
        }
    }

    @Override
    public void received() {
        backoff.reset();
    }

    @Override
    public void changed(Pod pod, boolean deleted) {
        subscribers.changed(pod, deleted);
    }

    @Override
    public void ended() {
        retryLater();
    }

    @Override
    public void forgotten() {
        lists.request(subscribers.all());
    }

    @Override
    public void postponed() {
        proceed();
    }

    @Override
    public void unreachable(RuntimeException cause) {
        mailbox.execute(() -> subscribers.unreachable(cause));
    }

    /**
     * The delay of a repeat is that of a server that refuses; one that is back is asked at once. Of a watch from before an
     * outage it is not known whether its connection still exists, and an attempt from then may wait in vain: the watch is
     * opened again from the last version seen.
     */
    @Override
    public void reachable(boolean afterOutage) {
        mailbox.execute(() -> {
            if (afterOutage) {
                watch.close();
                backoff.reset();
            }
            if (retry == null || afterOutage) {
                retryAfter(Jitter.upTo(timings.firstRetry().dividedBy(4)));
            }
        });
    }
}
