package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/** A watch of all pods by a WebSocket. Public because Jetty calls its methods by handles that it looks up itself. */
public final class PodWatchSocket implements Session.Listener.AutoDemanding, Consumer<PodStore.Change> {
    private static final long BOOKMARK_SECONDS = 60;

    private static final String GONE = """
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired",\
            "message":"too old resource version","code":410}}""";

    private final PodStore store;
    private final PodTemplate template;
    private final long after;
    private final ScheduledExecutorService scheduler;
    private Session session;
    private ScheduledFuture<?> bookmarks;

    PodWatchSocket(PodStore store, PodTemplate template, long after, ScheduledExecutorService scheduler) {
        this.store = store;
        this.template = template;
        this.after = after;
        this.scheduler = scheduler;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        bookmarks = scheduler.scheduleAtFixedRate(this::bookmark, BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS);
        if (!store.watch(after, this)) {
            send(GONE);
            session.close(StatusCode.NORMAL, "", Callback.NOOP);
        }
    }

    @Override
    public void accept(PodStore.Change change) {
        send("{\"type\":\"%s\",\"object\":%s}".formatted(change.type(), template.json(change.pod())));
    }

    private void bookmark() {
        send(
                "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"%d\"}}}"
                        .formatted(store.list(PodSelection.of("metadata.name=none", null))
                                .version()));
    }

    private void send(String text) {
        session.sendText(text, Callback.NOOP);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason) {
        end();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        end();
    }

    private void end() {
        store.unwatch(this);
        if (bookmarks != null) {
            bookmarks.cancel(false);
        }
    }
}
