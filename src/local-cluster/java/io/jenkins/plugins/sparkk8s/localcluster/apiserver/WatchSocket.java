package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/** A watch as text messages of a WebSocket. Public because Jetty calls its methods by handles it looks up itself. */
public final class WatchSocket implements Session.Listener.AutoDemanding, WatchSink, Answer.WatchSinkOwner {

    private final Consumer<Answer.WatchSinkOwner> start;
    private volatile Session session;
    private volatile Runnable gone = () -> {};

    WatchSocket(Consumer<Answer.WatchSinkOwner> start) {
        this.start = start;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        start.accept(this);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason) {
        gone.run();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        gone.run();
    }

    @Override
    public WatchSink sink() {
        return this;
    }

    @Override
    public void onGone(Runnable listener) {
        gone = listener;
        if (!session.isOpen()) {
            listener.run();
        }
    }

    @Override
    public void send(ObjectNode event, Consumer<Throwable> done) {
        String text = new String(Json.bytes(event), StandardCharsets.UTF_8);
        session.sendText(text, Callback.from(() -> done.accept(null), done));
    }

    @Override
    public void end() {
        session.close(StatusCode.NORMAL, "", Callback.NOOP);
    }

    @Override
    public void cut() {
        Runnable disconnect = session::disconnect;
        session.sendPartialText(
                "{\"type\":\"MODIFIED\",\"object\":{\"kind\":",
                false,
                Callback.from(disconnect, failure -> disconnect.run()));
    }
}
