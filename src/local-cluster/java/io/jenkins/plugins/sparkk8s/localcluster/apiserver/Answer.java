package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What the server does with a request. */
sealed interface Answer {

    /** The HTTP status for the record of requests. */
    int code();

    /** A whole body at once. */
    record Body(int code, String contentType, byte[] bytes, int retryAfterSeconds) implements Answer {

        static Body json(int code, JsonNode node) {
            return new Body(code, "application/json", Json.bytes(node), 0);
        }

        static Body text(int code, String text) {
            return new Body(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), 0);
        }

        static Body error(ApiException error) {
            return new Body(error.code(), "application/json", Json.bytes(error.status()), error.retryAfterSeconds());
        }
    }

    /**
     * A body that comes over time from elsewhere; the stream is closed at its end.
     *
     * @param contentType null for none
     * @param location of a redirect, null for none
     */
    record Stream(int code, String contentType, String location, InputStream stream) implements Answer {
        static Stream text(InputStream stream) {
            return new Stream(200, "text/plain", null, stream);
        }
    }

    /** A watch: {@code start} is given the sink once the response or WebSocket is open. */
    record Watching(Consumer<WatchSinkOwner> start) implements Answer {
        @Override
        public int code() {
            return 200;
        }
    }

    /** The open end of a watch, and how to be notified that the client has disconnected. */
    interface WatchSinkOwner {
        WatchSink sink();

        void onGone(Runnable listener);
    }
}
