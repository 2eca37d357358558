package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.Event;
import io.jenkins.plugins.sparkk8s.monitor.driver.PendingReason;
import io.jenkins.plugins.sparkk8s.monitor.driver.PodRole;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.Jitter;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Explains, for all of an application's executors at once, why they are not there: pods that the API server refuses, that fit on no
 * node, whose image, volume or Secret is missing. A line comes when the cause is another one than before, or is back after a while.
 * Looks at what is known every ten seconds while the driver runs; only for a pod that is pending without a reason, and for a set
 * that lacks pods, a request is made, for the events of that one, ever less often. Used by tasks of the application's mailbox only,
 * but for {@link #current} and {@link #wanted}.
 */
public final class MissingExecutors {
    private static final Logger LOGGER = Logger.getLogger(MissingExecutors.class.getName());
    /** The ordinary steps of a start take a while. */
    private static final int PATIENT_LOOKS = 2;

    private static final int SLOWEST_EVENTS = 24;
    private static final String SCHEDULING = "FailedScheduling";
    /** These hold up all that comes after them. */
    private static final Set<String> VOLUMES = Set.of("FailedMount", "FailedAttachVolume");

    private final MonitorContext context;
    private final RequestedExecutors requested;
    private final FailureLimit limit;
    private final ExecutorPods pods;
    private final ExecutorEvents events;
    private final AllocationLog allocation;
    private final SetRefusals sets;
    private final Function<String, CompletableFuture<List<Event>>> source;
    private final Backoff eventReads;
    private Mailbox.Timer next;
    private boolean stopped;
    private int looks;
    private int looksWithoutReason;
    private Duration untilEvents = Duration.ZERO;
    private PendingReason ofEvents;
    /** Volatile for readers on other threads. */
    private volatile String current;

    /** Why executors are missing. */
    private record Cause(String key, String text, String remedy) {
        static Cause of(PendingReason reason) {
            return new Cause(reason.key(), reason.describe(), reason.remedy(PodRole.EXECUTOR));
        }

        static Cause of(ExecutorRefusal refusal) {
            return new Cause(refusal.key(), refusal.describe(), refusal.remedy());
        }
    }

    /**
     * What is known of the executors without any request.
     *
     * @param pods of executors
     * @param events counts them, and knows what has been explained
     * @param allocation what the driver says of them
     */
    public record Known(ExecutorPods pods, ExecutorEvents events, AllocationLog allocation) {}

    /** @param source reads the events about the object of a name */
    public MissingExecutors(
            MonitorContext context,
            ExecutorSettings settings,
            Known known,
            Function<String, CompletableFuture<List<Event>>> source) {
        this.context = context;
        this.requested = settings.requested();
        this.limit = settings.failureLimit();
        this.pods = known.pods();
        this.events = known.events();
        this.allocation = known.allocation();
        this.source = source;
        this.sets = new SetRefusals(context, settings.allocator(), interval(), events, source);
        this.eventReads = new Backoff(interval(), interval().multipliedBy(SLOWEST_EVENTS));
    }

    private Duration interval() {
        return context.timings().events().multipliedBy(2);
    }

    /** The driver runs, so that executors may be expected; further calls change nothing. */
    public void driverRuns() {
        if (next == null) {
            lookLater();
        }
    }

    /** The driver has ended: executors only go. */
    public void stop() {
        if (next != null) {
            next.cancel();
        }
        stopped = true;
        current = null;
    }

    /** Why executors are missing now, in a sentence; null when none are, or it is not known. May be called by any thread. */
    public String current() {
        return current;
    }

    /** How many executors the driver asks for now; null when it is not known. May be called by any thread. */
    public Long wanted() {
        if (!requested.dynamic()) {
            return (long) requested.first();
        }
        // A set that is refused pods wants them still; else what was wanted once may be wanted no longer.
        return allocation
                .target()
                .or(() -> sets.refusal().map(refusal -> lastAsked()))
                .orElse(null);
    }

    private long lastAsked() {
        SortedMap<Integer, Long> desired = allocation.desired();
        return desired.isEmpty()
                ? requested.first()
                : desired.values().stream().mapToLong(Long::longValue).sum();
    }

    private void lookLater() {
        next = context.mailbox().schedule(this::look, Jitter.of(interval()));
    }

    private void look() {
        lookLater();
        events.explainFailures(limit);
        if (events.counts().running() + events.counts().pending() < lastAsked()) {
            sets.look(nextProfile(), this::explain);
        } else {
            sets.complete();
        }
        explain();
    }

    /** One after the other. */
    private SetRefusals.Wanted nextProfile() {
        List<Integer> profiles = List.copyOf(allocation.desired().keySet());
        int profile = profiles.isEmpty() ? 0 : profiles.get(looks++ % profiles.size());
        return new SetRefusals.Wanted(profile, pods.templateHash(profile));
    }

    private void explain() {
        if (stopped) {
            return;
        }
        List<PendingExecutor> pending = pods.pending();
        long wanted = wantedOr(pending.size() + events.counts().running());
        if (wanted <= events.counts().running()) {
            current = null;
            ofEvents = null;
            return;
        }
        Optional<Cause> cause =
                allocation.refusal().or(sets::refusal).map(Cause::of).or(() -> ofPending(pending));
        cause.ifPresentOrElse(found -> explain(found, wanted), () -> current = null);
    }

    private long wantedOr(long there) {
        Long wanted = wanted();
        return wanted == null ? there : Math.max(wanted, there);
    }

    /** What most of them wait for. */
    private Optional<Cause> ofPending(List<PendingExecutor> pending) {
        if (pending.isEmpty()) {
            looksWithoutReason = 0;
            ofEvents = null;
            return Optional.empty();
        }
        Map<String, List<PendingReason>> reasons = pending.stream()
                .map(PendingExecutor::reason)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(PendingReason::key));
        Optional<PendingReason> most = reasons.values().stream()
                .max(Comparator.comparingInt(List::size))
                .map(same -> same.get(0));
        if (most.isEmpty()) {
            readEvents(pending.get(0));
            return Optional.ofNullable(ofEvents).map(Cause::of);
        }
        return most.map(Cause::of);
    }

    /** A volume that cannot be mounted is not to be seen in the pod itself. */
    private void readEvents(PendingExecutor pod) {
        looksWithoutReason++;
        untilEvents = untilEvents.minus(interval());
        if (looksWithoutReason < PATIENT_LOOKS || untilEvents.compareTo(Duration.ZERO) > 0) {
            return;
        }
        untilEvents = eventReads.next();
        source.apply(pod.podName())
                .whenComplete((found, problem) -> context.mailbox().execute(() -> {
                    if (problem == null) {
                        ofEvents = reasonIn(found, pod).orElse(null);
                    } else {
                        LOGGER.log(Level.FINE, "The events of an executor pod could not be read.", problem);
                    }
                }));
    }

    /** Events are kept for an hour: one of a wait that is over explains nothing. */
    private Optional<PendingReason> reasonIn(List<Event> found, PendingExecutor pod) {
        return found.stream()
                .filter(event -> "Warning".equals(event.getType()) && event.getReason() != null)
                .filter(event -> !pod.isScheduled() || !event.getReason().equals(SCHEDULING))
                .min(Comparator.comparing(event -> !VOLUMES.contains(event.getReason())))
                .map(event -> new PendingReason(
                        event.getReason(),
                        event.getMessage() == null ? null : context.texts().masked(event.getMessage())));
    }

    private void explain(Cause cause, long wanted) {
        long running = events.counts().running();
        long pending = events.counts().pending();
        String asked = requested.dynamic() ? " that dynamic allocation asks for" : "";
        String text = "%d of %d executors%s are missing (%d running, %d pending): %s. %s"
                .formatted(
                        wanted - running,
                        wanted,
                        asked,
                        running,
                        pending,
                        withoutFullStop(cause.text()),
                        cause.remedy());
        current = context.lines().printable(text);
        if (events.isNewExplanation(cause.key())) {
            context.lines().spark(text);
        }
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
