package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The Warning events of the driver pod that explain why it does not start, each reported once.
 *
 * <p>Numbers in a message do not make it new ("0/3 nodes" and "0/4 nodes" are one event). Without the right to list
 * events there are none, and the monitoring continues. Used by tasks of the application's mailbox only.
 */
public final class WarningEvents {
    private static final Logger LOGGER = Logger.getLogger(WarningEvents.class.getName());
    private static final Set<String> NORMAL_AT_FIRST = Set.of("FailedMount", "FailedAttachVolume");
    private static final int MOST = 20;

    private final MonitorContext context;
    private final Function<String, CompletableFuture<List<Event>>> source;
    private final DriverContainer container;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    private static final class Seen {
        private final String text;
        private final Instant first;
        private boolean reported;

        Seen(String text, Instant first) {
            this.text = text;
            this.first = first;
        }
    }

    /** An event that was seen, and whether a line came of it. */
    public record Reported(String text, boolean reported) {}

    /**
     * @param source reads the events about the pod of a name
     * @param reported what an earlier monitor has seen
     */
    public WarningEvents(
            MonitorContext context,
            Function<String, CompletableFuture<List<Event>>> source,
            DriverContainer container,
            List<Reported> reported) {
        this.context = context;
        this.source = source;
        this.container = container;
        for (Reported earlier : reported) {
            Seen event = new Seen(earlier.text(), context.clock().instant());
            event.reported = earlier.reported();
            seen.put(key(earlier.text()), event);
        }
    }

    public List<Reported> reported() {
        return seen.values().stream()
                .map(event -> new Reported(event.text, event.reported))
                .toList();
    }

    /**
     * Reads the events with one request, unless one is under way, and reports what is new.
     *
     * @return completes, by a task of the mailbox and never with an error, when that is done
     */
    public CompletableFuture<Void> refresh(Pod pod) {
        if (reading.isDone()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            reading = done;
            source.apply(pod.getMetadata().getName())
                    .whenComplete((events, problem) -> context.mailbox().execute(() -> {
                        if (problem == null) {
                            events.stream()
                                    .filter(event -> isWarningOf(pod, event))
                                    .forEach(event -> take(pod, event));
                        } else {
                            LOGGER.log(Level.FINE, "The events of the driver pod could not be read.", problem);
                        }
                        done.complete(null);
                    }));
        }
        return reading;
    }

    /** What was seen, oldest first, printable. */
    public List<String> texts() {
        return seen.values().stream()
                .map(event -> TextSanitizer.line(event.text))
                .toList();
    }

    private static boolean isWarningOf(Pod pod, Event event) {
        String uid = event.getInvolvedObject().getUid();
        return "Warning".equals(event.getType())
                && pod.getMetadata().getName().equals(event.getInvolvedObject().getName())
                && (uid == null || uid.isEmpty() || uid.equals(pod.getMetadata().getUid()));
    }

    private void take(Pod pod, Event event) {
        String message = event.getMessage() == null ? "" : context.texts().masked(event.getMessage());
        String text = message.isBlank() ? event.getReason() : event.getReason() + ": " + message;
        String key = key(text);
        if (!seen.containsKey(key) && seen.size() >= MOST) {
            return;
        }
        Seen known = seen.computeIfAbsent(
                key, unused -> new Seen(text, context.clock().instant()));
        if (!known.reported && isDue(event, known) && !isReportedByPod(pod, message)) {
            known.reported = true;
            context.lines().driver("event " + text);
        }
    }

    private static String key(String text) {
        return text.replaceAll("\\d+", "#");
    }

    private boolean isDue(Event event, Seen known) {
        return !NORMAL_AT_FIRST.contains(event.getReason())
                || !context.clock()
                        .instant()
                        .isBefore(known.first.plus(context.timings().mountGrace()));
    }

    /** The pod's own waiting reason often carries the same message. */
    private boolean isReportedByPod(Pod pod, String message) {
        Optional<PendingReason> reason = PendingReason.of(pod, container.nameIn(pod));
        return reason.map(PendingReason::message).filter(message::equals).isPresent();
    }
}
