package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * One open watch: takes notes of changes, and sends them one after the other without a thread of its own. A client that
 * does not read for long is cut off, as a real API server does.
 */
final class Watch {

    private static final int QUEUE_LIMIT = 10_000;

    private final ResourceType type;
    private final String namespace;
    private final Predicate<JsonNode> filter;
    private final WatchRenderer renderer;
    private final boolean bookmarks;
    private final WatchSink sink;
    private final Executor executor;
    private final Runnable onEnd;

    private final Deque<ObjectNode> queue = new ArrayDeque<>();
    private volatile long after;
    private boolean sending;
    private boolean ended;
    private boolean endAfterQueue;

    Watch(Query query, WatchRenderer renderer, WatchSink sink, Executor executor, Runnable onEnd) {
        this.type = query.type();
        this.namespace = query.namespace();
        this.filter = query.filter();
        this.bookmarks = query.bookmarks();
        this.renderer = renderer;
        this.sink = sink;
        this.executor = executor;
        this.onEnd = onEnd;
    }

    /** What a watch is about. */
    record Query(
            ResourceType type,
            String namespace,
            Predicate<JsonNode> filter,
            boolean bookmarks,
            boolean initialEvents) {}

    /** What has happened up to a version is known to the client, also when the version is yet to come. */
    void startAfter(long version) {
        after = version;
    }

    void offer(StoreEvent event) {
        if (event.version() <= after
                || !event.resource().storage().equals(type.storage())
                || !namespace.isEmpty() && !event.key().namespace().equals(namespace)) {
            return;
        }
        visible(event).ifPresent(what -> enqueue(renderer.event(what, event.object())));
    }

    /** An object that was there when the watch began. */
    void offerExisting(ObjectNode object) {
        if (filter.test(object)) {
            enqueue(renderer.event("ADDED", object));
        }
    }

    void bookmark(long version) {
        if (bookmarks) {
            enqueue(renderer.bookmark(version, false));
        }
    }

    /** Marks the end of what existed when the watch began. */
    void initialEnd(long version) {
        if (bookmarks) {
            enqueue(renderer.bookmark(version, true));
        }
    }

    /** Sends an error as the last event. */
    void fail(ApiException error) {
        ObjectNode event = Json.object();
        event.put("type", "ERROR").set("object", error.status());
        enqueue(event);
        finish();
    }

    /** Ends after everything noted so far was sent. */
    void finish() {
        synchronized (this) {
            endAfterQueue = true;
        }
        executor.execute(this::sendNext);
    }

    void cut() {
        if (markEnded()) {
            sink.cut();
            onEnd.run();
        }
    }

    /** The client is gone. */
    void abandoned() {
        if (markEnded()) {
            onEnd.run();
        }
    }

    /** How a change looks through the selector: an object that begins to match appears, one that ceases to is gone. */
    private Optional<String> visible(StoreEvent event) {
        boolean before = event.previous() != null && filter.test(event.previous());
        boolean after = event.type() != StoreEvent.Type.DELETED && filter.test(event.object());
        if (before && after) {
            return Optional.of("MODIFIED");
        }
        return after ? Optional.of("ADDED") : before ? Optional.of("DELETED") : Optional.empty();
    }

    private void enqueue(ObjectNode event) {
        boolean tooSlow;
        synchronized (this) {
            if (ended || endAfterQueue) {
                return;
            }
            queue.add(event);
            tooSlow = queue.size() > QUEUE_LIMIT;
        }
        executor.execute(tooSlow ? this::cut : this::sendNext);
    }

    private void sendNext() {
        ObjectNode next;
        synchronized (this) {
            if (sending || ended) {
                return;
            }
            next = queue.poll();
            if (next == null && !endAfterQueue) {
                return;
            }
            sending = next != null;
        }
        if (next == null) {
            end();
        } else {
            sink.send(next, this::sent);
        }
    }

    private void end() {
        if (markEnded()) {
            sink.end();
            onEnd.run();
        }
    }

    private void sent(Throwable failure) {
        if (failure != null) {
            abandoned();
            return;
        }
        synchronized (this) {
            sending = false;
        }
        executor.execute(this::sendNext);
    }

    private synchronized boolean markEnded() {
        boolean first = !ended;
        ended = true;
        queue.clear();
        return first;
    }
}
