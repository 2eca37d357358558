package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Why a StatefulSet, or the ReplicaSet of a Deployment, has fewer pods than the driver asks for: the controller that creates them
 * writes the API server's refusal as an event of the set, and the driver is not notified of it.
 *
 * <p>Events are read only while pods are missing that were not created: every twenty seconds for ten minutes, and ever less
 * often once a reason is known. Without the permission a line says so and none are read. Used by tasks of the application's
 * mailbox only, but for {@link #refusal}.
 */
final class SetRefusals {
    private static final Logger LOGGER = Logger.getLogger(SetRefusals.class.getName());
    private static final String FAILED_CREATE = "FailedCreate";
    private static final String SCALED = "ScalingReplicaSet";
    private static final String SET_NAME_FOLLOWS = "replica set ";

    private static final int LOOKS_OF_A_READ = 2;
    private static final int SLOWEST = 24;
    private static final int PROMPT_READS = 30;

    /** A controller that tries ever less often waits as long as it has tried so far, and a little. */
    private static final Duration LEAST_VALIDITY = Duration.ofMinutes(1);

    private final MonitorContext context;
    private final PodsAllocator allocator;
    private final Function<String, CompletableFuture<List<Event>>> source;
    private final ExecutorEvents explained;
    private final Duration interval;
    private final Backoff whenKnown;

    private boolean isReading;
    private boolean isForbidden;
    private int reads;
    private Duration untilRead;
    /** Of the Deployment of the profile that is looked at; null until it is known. */
    private String replicaSet;

    private int profile;
    /** Volatile for readers on other threads. */
    private volatile Current current;

    /** A refusal, and until when it counts unless it is repeated. */
    private record Current(ExecutorRefusal refusal, int profile, Instant until) {}

    /**
     * @param interval between two calls of {@link #look}
     * @param explained knows what has been explained
     * @param source reads the events about the object of a name
     */
    SetRefusals(
            MonitorContext context,
            PodsAllocator allocator,
            Duration interval,
            ExecutorEvents explained,
            Function<String, CompletableFuture<List<Event>>> source) {
        this.context = context;
        this.allocator = allocator;
        this.explained = explained;
        this.source = source;
        this.interval = interval;
        this.whenKnown = new Backoff(interval.multipliedBy(LOOKS_OF_A_READ), interval.multipliedBy(SLOWEST));
        this.untilRead = promptly();
    }

    private Duration promptly() {
        return interval.multipliedBy(LOOKS_OF_A_READ);
    }

    /** Why pods are refused, as far as is known; may be called by any thread. */
    Optional<ExecutorRefusal> refusal() {
        return Optional.ofNullable(current)
                .filter(known -> context.clock().instant().isBefore(known.until()))
                .map(Current::refusal);
    }

    /** All pods that the driver asks for exist. */
    void complete() {
        current = null;
        reads = 0;
        untilRead = promptly();
        whenKnown.reset();
    }

    /**
     * Pods are missing; reads events when it is time.
     *
     * @param wanted the resource profile, and the hash of its ReplicaSet when a pod has shown it, that is looked at next
     * @param changed runs when it is known better why
     */
    void look(Wanted wanted, Runnable changed) {
        untilRead = untilRead.minus(interval);
        if (!allocator.isSet() || isForbidden || isReading || untilRead.compareTo(Duration.ZERO) > 0) {
            return;
        }
        isReading = true;
        reads++;
        take(wanted);
        read().whenComplete((events, problem) -> context.mailbox().execute(() -> {
            isReading = false;
            if (problem == null) {
                understood(events);
            } else {
                failed(problem);
            }
            untilRead = untilNext();
            changed.run();
        }));
    }

    /**
     * What is asked about.
     *
     * @param profile id of a resource profile
     * @param hash that a Deployment gives the ReplicaSet of the profile and its pods; null when it is not known
     */
    record Wanted(int profile, String hash) {}

    private void take(Wanted wanted) {
        if (wanted.profile() != profile) {
            profile = wanted.profile();
            replicaSet = null;
        }
        if (wanted.hash() != null) {
            replicaSet = object() + "-" + wanted.hash();
        }
    }

    private String object() {
        return allocator.object(context.application().applicationId(), profile);
    }

    private Duration untilNext() {
        if (refusal().isPresent()) {
            return whenKnown.next();
        }
        whenKnown.reset();
        return reads < PROMPT_READS ? promptly() : interval.multipliedBy(SLOWEST);
    }

    private CompletableFuture<List<Event>> read() {
        if (allocator == PodsAllocator.STATEFUL_SET) {
            return source.apply(object());
        }
        if (replicaSet != null) {
            return source.apply(replicaSet);
        }
        return source.apply(object()).thenCompose(events -> {
            Optional<String> name = replicaSetIn(events, object());
            return name.isEmpty() ? CompletableFuture.completedFuture(List.of()) : source.apply(name.get());
        });
    }

    /** A Deployment's controller names the ReplicaSet only in a sentence. */
    private static Optional<String> replicaSetIn(List<Event> events, String deployment) {
        return events.stream()
                .filter(event -> SCALED.equals(event.getReason()) && event.getMessage() != null)
                .max(Comparator.comparing(SetRefusals::last))
                .map(Event::getMessage)
                .filter(message -> message.contains(SET_NAME_FOLLOWS))
                .map(message -> message.substring(message.indexOf(SET_NAME_FOLLOWS) + SET_NAME_FOLLOWS.length())
                        .split(" ", 2)[0])
                .filter(name -> name.startsWith(deployment + "-"));
    }

    private void understood(List<Event> events) {
        List<Event> refusals = events.stream()
                .filter(event -> FAILED_CREATE.equals(event.getReason()) && event.getMessage() != null)
                .toList();
        Optional<Event> latest = refusals.stream().max(Comparator.comparing(SetRefusals::last));
        Optional<Current> found = latest.flatMap(
                        event -> ExecutorRefusal.ofEvent(context.texts().masked(event.getMessage())))
                .map(refusal -> new Current(refusal, profile, validity(refusals)));
        if (found.isPresent() || current != null && current.profile() == profile) {
            current = found.orElse(null);
        }
    }

    private static Instant validity(List<Event> refusals) {
        Instant first = refusals.stream()
                .map(SetRefusals::first)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = refusals.stream()
                .map(SetRefusals::last)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return last.plus(Duration.between(first, last)).plus(LEAST_VALIDITY);
    }

    private static Instant first(Event event) {
        return time(event.getFirstTimestamp(), event);
    }

    private static Instant last(Event event) {
        return time(event.getLastTimestamp(), event);
    }

    /** The times of an event are optional, and its writer's. */
    private static Instant time(String given, Event event) {
        return Stream.of(
                        Optional.ofNullable(given),
                        Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
                .flatMap(Optional::stream)
                .map(SetRefusals::parsed)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Instant parsed(String time) {
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            LOGGER.log(Level.FINE, "An event has a time that cannot be read.", e);
            return null;
        }
    }

    private void failed(Throwable problem) {
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        isForbidden = cause instanceof KubernetesClientException answer
                && answer.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        if (isForbidden && explained.isNewExplanation("events are forbidden")) {
            context.lines()
                    .spark(
                            "Pods of executors are missing, and why is not known: the API server refuses to list events (%s). Give the user a Role in namespace %s that allows the verb list on events."
                                    .formatted(
                                            ApiFailure.describe((KubernetesClientException) cause),
                                            context.application().namespace()));
        } else if (!isForbidden) {
            LOGGER.log(Level.FINE, "The events of a set of executor pods could not be read.", cause);
        }
    }
}
