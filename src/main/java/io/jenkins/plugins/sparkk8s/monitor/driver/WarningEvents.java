package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodTexts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The Warning events of the driver pod that explain why it does not start, each told once.
 *
 * <p>Numbers in a message do not make it new ("0/3 nodes" and "0/4 nodes" are one event). Without the right to list
 * events there are none, and the monitoring goes on. Thread-safe; no lock is held during a request.
 */
public final class WarningEvents {
    private static final Logger LOGGER = Logger.getLogger(WarningEvents.class.getName());
    private static final Set<String> NORMAL_AT_FIRST = Set.of("FailedMount", "FailedAttachVolume");
    private static final int MOST = 20;

    private final KubernetesClient client;
    private final PodTexts podTexts;
    private final EventLines lines;
    private final Clock clock;
    private final Duration mountGrace;
    private final DriverContainer container;
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    private static final class Seen {
        private final String text;
        private final Instant first;
        private boolean told;

        Seen(String text, Instant first) {
            this.text = text;
            this.first = first;
        }
    }

    /** An event that was seen, and whether a line came of it. */
    public record Told(String text, boolean told) {}

    public WarningEvents(
            KubernetesClient client,
            PodTexts podTexts,
            EventLines lines,
            Clock clock,
            Duration mountGrace,
            DriverContainer container,
            List<Told> told) {
        this.client = client;
        this.podTexts = podTexts;
        this.lines = lines;
        this.clock = clock;
        this.mountGrace = mountGrace;
        this.container = container;
        for (Told earlier : told) {
            Seen event = new Seen(earlier.text(), clock.instant());
            event.told = earlier.told();
            seen.put(key(earlier.text()), event);
        }
    }

    public synchronized List<Told> told() {
        return seen.values().stream()
                .map(event -> new Told(event.text, event.told))
                .toList();
    }

    /** Reads the events, one request, and tells what is new. */
    public void refresh(Pod pod) {
        try {
            client
                    .v1()
                    .events()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withField("involvedObject.name", pod.getMetadata().getName())
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> isWarningOf(pod, event))
                    .forEach(event -> take(pod, event));
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The events of the driver pod could not be read.", e);
        }
    }

    /** What was seen, oldest first, printable. */
    public synchronized List<String> texts() {
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

    private synchronized void take(Pod pod, Event event) {
        String message = event.getMessage() == null ? "" : podTexts.masked(event.getMessage());
        String text = message.isBlank() ? event.getReason() : event.getReason() + ": " + message;
        String key = key(text);
        if (!seen.containsKey(key) && seen.size() >= MOST) {
            return;
        }
        Seen known = seen.computeIfAbsent(key, unused -> new Seen(text, clock.instant()));
        if (!known.told && isDue(event, known) && !isToldByPod(pod, message)) {
            known.told = true;
            lines.driver("event " + text);
        }
    }

    private static String key(String text) {
        return text.replaceAll("\\d+", "#");
    }

    private boolean isDue(Event event, Seen known) {
        return !NORMAL_AT_FIRST.contains(event.getReason()) || !clock.instant().isBefore(known.first.plus(mountGrace));
    }

    /** The pod's own waiting reason often carries the same message. */
    private boolean isToldByPod(Pod pod, String message) {
        Optional<PendingReason> reason = PendingReason.of(pod, container.nameIn(pod));
        return reason.map(PendingReason::message).filter(message::equals).isPresent();
    }
}
