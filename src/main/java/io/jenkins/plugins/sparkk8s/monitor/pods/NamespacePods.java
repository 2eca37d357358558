package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodSource.Listed;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The pods of all monitored applications of one namespace: one watch that never stays closed, and lists that several
 * applications share. What comes is dealt out by the label {@code spark-app-selector}, which Spark puts on driver and
 * executors alike.
 *
 * <p>A list comes first, then a watch from its version, then again from the last version seen whenever the watch closes.
 * A version that the API server has forgotten (410 Gone) leads to one list for all. An application that comes later is
 * listed once; those that come meanwhile share the next list. So every change is either received as an event or contained
 * in a list, and none falls between the two. A list at the applications' polling interval is the safety net; as long as
 * the watch cannot be opened, each attempt lists first.
 *
 * <p><b>Why no informer of the client library.</b> It would keep every pod of the namespace in memory, those of
 * applications that are not monitored too; its repeats know neither the probe that all requests of a server share nor
 * jitter; a handler is not told that the server is unreachable, which users are to read; and in 7.3.1 its resync ends for
 * good after one exception and a watch with a version that is gone reconnects for ever. What remains to be written by hand
 * is this class.
 *
 * <p>Thread-safe: all state is touched by tasks of the mailbox only.
 */
final class NamespacePods implements ApiConnection.Listener, WatchConnection.Handler {
    private static final Logger LOGGER = Logger.getLogger(NamespacePods.class.getName());

    /** A namespace that takes long to list is listed less often: at most for one tenth of the time. */
    private static final int REST_AFTER_LIST = 10;

    private final PodSource source;
    private final Executor opening;
    private final Mailbox mailbox;
    private final MonitorTimings timings;

    private final Map<String, List<PodSubscription>> subscriptions = new HashMap<>();
    private final Set<PodSubscription> unlisted = new LinkedHashSet<>();
    private final Backoff backoff;
    private boolean pollOnly = true;
    private boolean listing;
    private boolean failing;
    private boolean closed;
    private String version;
    private WatchConnection watch;
    private Mailbox.Timer retry;
    private Mailbox.Timer poll;
    private Duration pollEvery;
    private Duration lastList = Duration.ZERO;

    private volatile boolean open;

    /**
     * @param opening runs what waits until a watch is open; shared by the namespaces of the connection
     * @param mailbox belongs to this namespace alone
     */
    NamespacePods(PodSource source, Executor opening, Mailbox mailbox, MonitorTimings timings) {
        this.source = source;
        this.opening = opening;
        this.mailbox = mailbox;
        this.timings = timings;
        this.backoff = timings.backoff();
        source.add(this);
    }

    PodSource source() {
        return source;
    }

    boolean isOpen() {
        return open;
    }

    void add(PodSubscription subscription) {
        mailbox.execute(() -> {
            subscriptions
                    .computeIfAbsent(subscription.application(), id -> new ArrayList<>())
                    .add(subscription);
            listSoon(List.of(subscription));
            if (poll != null && subscription.polls().interval().compareTo(pollEvery) < 0) {
                pollLater();
            }
        });
    }

    void refresh(PodSubscription subscription) {
        mailbox.execute(() -> {
            if (all().contains(subscription)) {
                listSoon(List.of(subscription));
            }
        });
    }

    void remove(PodSubscription subscription) {
        mailbox.execute(() -> {
            unlisted.remove(subscription);
            subscriptions.computeIfPresent(subscription.application(), (id, some) -> {
                some.remove(subscription);
                return some.isEmpty() ? null : some;
            });
        });
    }

    /** The last application has gone. */
    void close() {
        source.remove(this);
        mailbox.execute(() -> {
            closed = true;
            dropWatch();
            mailbox.close();
        });
    }

    private List<PodSubscription> all() {
        return subscriptions.values().stream().flatMap(List::stream).toList();
    }

    private void each(Consumer<PodSubscription> task) {
        all().forEach(task);
    }

    private void listSoon(List<PodSubscription> which) {
        unlisted.addAll(which);
        pollOnly = false;
        proceed();
    }

    /** Does what is due and not under way, unless it waits for its next attempt. */
    private void proceed() {
        if (closed || retry != null) {
            return;
        }
        if (!listing && !unlisted.isEmpty()) {
            list();
        }
        if (version != null && watch == null && source.isReachable()) {
            openWatch();
        }
    }

    private void list() {
        Set<PodSubscription> served = new LinkedHashSet<>(unlisted);
        boolean isPoll = pollOnly;
        boolean fromCache =
                isPoll && served.stream().allMatch(one -> one.polls().fromCache());
        unlisted.clear();
        pollOnly = true;
        listing = true;
        long start = System.nanoTime();
        source.list(served.stream().map(PodSubscription::application).distinct().toList(), fromCache)
                .whenComplete((list, problem) -> mailbox.execute(() -> {
                    listing = false;
                    if (problem == null) {
                        lastList = Duration.ofNanos(System.nanoTime() - start);
                        listed(served, list, isPoll);
                    } else {
                        notListed(served, unwrapped(problem));
                    }
                }));
    }

    private static RuntimeException unwrapped(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    private void listed(Set<PodSubscription> served, Listed list, boolean isPoll) {
        if (version == null) {
            version = list.version();
        }
        // From a cache that is behind the watch: such a list would turn time back.
        boolean outdated = isPoll && ResourceVersions.isNewer(version, list.version());
        if (!outdated) {
            deal(served, list, isPoll);
        }
        succeeded();
        if (poll == null) {
            pollLater();
        }
        proceed();
    }

    private void deal(Set<PodSubscription> served, Listed list, boolean isPoll) {
        Map<String, List<Pod>> byApplication = new HashMap<>();
        for (Pod pod : list.pods()) {
            byApplication
                    .computeIfAbsent(application(pod), id -> new ArrayList<>())
                    .add(pod);
        }
        served.forEach(
                one -> one.listed(byApplication.getOrDefault(one.application(), List.of()), list.version(), isPoll));
    }

    private static String application(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? null : labels.get(Labels.APPLICATION);
    }

    private void notListed(Set<PodSubscription> served, RuntimeException cause) {
        LOGGER.log(Level.FINE, "Pods could not be listed; retrying.", cause);
        served.retainAll(Set.copyOf(all()));
        unlisted.addAll(served);
        pollOnly = false;
        // That there was no answer at all is reported by the connection, once for all its requests.
        if (!(cause instanceof UnansweredException)) {
            failed(cause);
        }
        retryLater();
    }

    private void failed(RuntimeException cause) {
        failing = true;
        each(one -> one.failed(cause));
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            each(PodSubscription::answered);
        }
    }

    private void retryLater() {
        if (retry == null) {
            retry = mailbox.schedule(
                    () -> {
                        retry = null;
                        proceed();
                    },
                    Jitter.of(backoff.next()));
        }
    }

    private void pollLater() {
        if (poll != null) {
            poll.cancel();
        }
        pollEvery = all().stream()
                .map(one -> one.polls().interval())
                .min(Duration::compareTo)
                .orElse(timings.driverPoll());
        Duration rest = lastList.multipliedBy(REST_AFTER_LIST);
        poll = mailbox.schedule(this::poll, Jitter.of(pollEvery.compareTo(rest) < 0 ? rest : pollEvery));
    }

    private void poll() {
        if (source.isReachable()) {
            unlisted.addAll(all());
            proceed();
        }
        pollLater();
    }

    private void openWatch() {
        WatchConnection next = new WatchConnection(this, mailbox);
        watch = next;
        String from = version;
        opening.execute(() -> {
            if (source.isReachable()) {
                next.open(source, from, timings);
            } else {
                mailbox.execute(() -> postponed(next));
            }
        });
    }

    private void postponed(WatchConnection which) {
        if (watch == which) {
            watch = null;
            proceed();
        }
    }

    private void dropWatch() {
        open = false;
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    @Override
    public void opened(WatchConnection which) {
        if (watch == which) {
            open = true;
            succeeded();
        }
    }

    @Override
    public void refused(WatchConnection which, RuntimeException cause) {
        if (watch != which) {
            return;
        }
        LOGGER.log(Level.FINE, "A watch of pods could not be opened; retrying.", cause);
        dropWatch();
        if (UnansweredException.isLike(cause)) {
            source.failed(cause);
        } else {
            listAll();
        }
        if (cause instanceof KubernetesClientException answer && isClientError(answer.getCode())) {
            version = null;
        }
        retryLater();
    }

    /** Among them 410 Gone. A list is right after every refusal, since the version itself may be what is wrong. */
    private static boolean isClientError(int code) {
        return code >= HttpURLConnection.HTTP_BAD_REQUEST && code < HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    @Override
    public void received(WatchConnection which, Action action, Pod pod) {
        if (watch != which) {
            return;
        }
        backoff.reset();
        switch (action) {
            case ADDED, MODIFIED, DELETED -> {
                version = pod.getMetadata().getResourceVersion();
                subscriptions
                        .getOrDefault(application(pod), List.of())
                        .forEach(one -> one.changed(pod, action == Action.DELETED));
            }
            case BOOKMARK -> version = pod.getMetadata().getResourceVersion();
            case ERROR -> forgotten();
        }
    }

    @Override
    public void ended(WatchConnection which, WatcherException cause) {
        if (watch != which) {
            return;
        }
        dropWatch();
        if (cause != null && cause.isHttpGone()) {
            forgotten();
        }
        retryLater();
    }

    /** The version from which the watch could continue is no longer known to the API server. */
    private void forgotten() {
        version = null;
        listAll();
    }

    private void listAll() {
        unlisted.addAll(all());
        pollOnly = false;
    }

    @Override
    public void unreachable(RuntimeException cause) {
        mailbox.execute(() -> failed(cause));
    }

    @Override
    public void reachable() {
        mailbox.schedule(this::proceed, Jitter.upTo(timings.firstRetry()));
    }
}
