package io.jenkins.plugins.sparkk8s.localcluster.client;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes Events as a component does: in the background, at best effort, with a repeated event counted up instead of
 * written again. See
 * <a href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/">Event v1</a>.
 */
public final class EventRecorder implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(EventRecorder.class.getName());

    private final KubernetesClient client;
    private final String component;
    private final String host;
    private final Map<List<String>, Event> recorded = new ConcurrentHashMap<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "event-recorder");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param client writes the events; not closed by this recorder
     * @param component the events' source, for example {@code kubelet}
     * @param host node of the component, or null
     */
    public EventRecorder(KubernetesClient client, String component, String host) {
        this.client = client;
        this.component = component;
        this.host = host;
    }

    /** Records an event of type Normal about {@code object}. */
    public void normal(HasMetadata object, String reason, String message) {
        record(object, null, "Normal", reason, message);
    }

    /** Records an event of type Warning about {@code object}. */
    public void warning(HasMetadata object, String reason, String message) {
        record(object, null, "Warning", reason, message);
    }

    /**
     * Records an event about a part of an object.
     *
     * @param object what the event is about
     * @param fieldPath the part, for example {@code spec.containers{main}}, or null
     * @param type {@code Normal} or {@code Warning}
     * @param reason machine-readable reason
     * @param message what a user reads
     */
    public void record(HasMetadata object, String fieldPath, String type, String reason, String message) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        writer.execute(() -> {
            try {
                write(object, fieldPath, type, reason, message, now);
            } catch (KubernetesClientException e) {
                LOGGER.log(Level.FINE, e, () -> "Event not written: " + message);
            }
        });
    }

    private void write(HasMetadata object, String fieldPath, String type, String reason, String message, String now) {
        String uid = String.valueOf(object.getMetadata().getUid());
        List<String> key = List.of(uid, String.valueOf(fieldPath), reason, message);
        Event before = recorded.get(key);
        if (before == null) {
            Event event = event(object, fieldPath, type, reason, message, now);
            recorded.put(key, client.resource(event).create());
        } else {
            Event again = new EventBuilder(before)
                    .withCount(before.getCount() + 1)
                    .withLastTimestamp(now)
                    .editMetadata()
                    .withResourceVersion(null)
                    .endMetadata()
                    .build();
            recorded.remove(key);
            recorded.put(key, client.resource(again).update());
        }
    }

    private Event event(HasMetadata object, String fieldPath, String type, String reason, String message, String now) {
        String namespace = object.getMetadata().getNamespace();
        String eventNamespace = namespace == null ? "default" : namespace;
        String name = object.getMetadata().getName() + "." + Long.toHexString(System.nanoTime());
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(eventNamespace)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(namespace)
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withFieldPath(fieldPath)
                .endInvolvedObject()
                .withNewSource()
                .withComponent(component)
                .withHost(host)
                .endSource()
                .withReportingComponent(component)
                .withReportingInstance(host)
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withCount(1)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .build();
    }

    /** Writes what was recorded so far, for a second at most, and stops. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(1, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
