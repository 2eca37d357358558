package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers to the HTTP server. */
final class HttpResponses {

    private static final int BUFFER = 8192;

    private HttpResponses() {}

    static void write(Answer.Body body, boolean cut, Response response, Callback callback) {
        response.setStatus(body.code());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, body.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.bytes().length);
        if (body.retryAfterSeconds() > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, body.retryAfterSeconds());
        }
        if (cut) {
            byte[] half = Arrays.copyOf(body.bytes(), body.bytes().length / 2);
            response.write(false, ByteBuffer.wrap(half), cutting(callback));
        } else {
            response.write(true, ByteBuffer.wrap(body.bytes()), callback);
        }
    }

    /** Passes on a stream, each piece as soon as it comes. */
    static void copy(Answer.Stream answer, InputStream in, boolean cut, Response response, Callback callback)
            throws IOException {
        response.setStatus(answer.code());
        if (answer.contentType() != null) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        }
        if (answer.location() != null) {
            response.getHeaders().put(HttpHeader.LOCATION, answer.location());
        }
        response.write(false, ByteBuffer.allocate(0), Callback.NOOP);
        try {
            OutputStream out = Content.Sink.asOutputStream(response);
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, cut ? (n + 1) / 2 : n);
                if (cut) {
                    callback.failed(new IOException("connection cut on demand"));
                    return;
                }
                out.flush();
            }
        } catch (IOException e) {
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }

    static void watch(Answer.Watching watching, Response response, Callback callback) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        HttpSink sink = new HttpSink(response, callback);
        Answer.WatchSinkOwner owner = new Answer.WatchSinkOwner() {
            @Override
            public WatchSink sink() {
                return sink;
            }

            @Override
            public void onGone(Runnable listener) {
                // Only a failed write shows it, and the sink reports that itself.
            }
        };
        // The headers go out before the first event, so that the client knows the watch is open.
        response.write(
                false,
                ByteBuffer.allocate(0),
                Callback.from(() -> watching.start().accept(owner), callback::failed));
    }

    private static Callback cutting(Callback callback) {
        Runnable cut = () -> callback.failed(new IOException("connection cut on demand"));
        return Callback.from(cut, failure -> cut.run());
    }
}
