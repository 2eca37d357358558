package io.jenkins.plugins.sparkk8s.monitor.pods;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Replays the lives of pods by watches that end at once: an API server begins a watch with all that happened since its
 * version, as far as it still knows, which are some minutes. One pod of the namespace at a time, since each request takes
 * {@link #SECONDS}.
 */
final class PodHistory {
    /** The shortest that an API server takes; what has happened comes at once. */
    private static final int SECONDS = 1;

    private static final ObjectReader READER = JsonMapper.builder().build().readerFor(WatchEvent.class);

    private final ApiConnection connection;
    private final String namespace;
    private final Executor parsing;
    // Guarded by this.
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** @param parsing reads the answers */
    PodHistory(ApiConnection connection, String namespace, Executor parsing) {
        this.connection = connection;
        this.namespace = namespace;
        this.parsing = parsing;
    }

    /** As {@link PodSource#history}; fails with 410 when the version is too old for the API server. */
    synchronized CompletableFuture<List<PastVersion>> of(String pod, String since) {
        String path = "/api/v1/namespaces/%s/pods?watch=true&timeoutSeconds=%d&resourceVersion=%s&fieldSelector=%s"
                .formatted(
                        PodSelector.encode(namespace),
                        SECONDS,
                        PodSelector.encode(since),
                        PodSelector.encode("metadata.name=" + pod));
        CompletableFuture<List<PastVersion>> next = last.handle((done, problem) -> path)
                .thenCompose(connection::get)
                .thenApplyAsync(answer -> read(answer.body()), parsing);
        last = next;
        return next;
    }

    /** An ERROR ends the events: what came before it is still true. */
    private static List<PastVersion> read(byte[] body) {
        List<PastVersion> versions = new ArrayList<>();
        try (MappingIterator<WatchEvent> events = READER.readValues(body)) {
            while (events.hasNextValue()) {
                WatchEvent event = events.nextValue();
                if (event.getObject() instanceof Pod pod && pod.getMetadata() != null) {
                    versions.add(new PastVersion(ReducedPods.reduced(pod), "DELETED".equals(event.getType())));
                }
            }
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
