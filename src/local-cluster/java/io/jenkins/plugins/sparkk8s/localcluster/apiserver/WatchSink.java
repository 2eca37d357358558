package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Where the events of one watch go: an HTTP response or a WebSocket. Calls come one at a time. */
interface WatchSink {

    /**
     * Sends one event.
     *
     * @param done called once when it is sent (with null) or could not be sent
     */
    void send(ObjectNode event, Consumer<Throwable> done);

    /** Ends the stream as a server does whose time limit has passed. */
    void end();

    /** Cuts the connection in the middle of an event. */
    void cut();
}
