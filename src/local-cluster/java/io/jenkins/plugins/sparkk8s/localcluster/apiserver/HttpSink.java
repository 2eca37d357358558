package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A watch as lines of JSON in a chunked HTTP response. */
final class HttpSink implements WatchSink {

    private final Response response;
    private final Callback completion;

    HttpSink(Response response, Callback completion) {
        this.response = response;
        this.completion = completion;
    }

    @Override
    public void send(ObjectNode event, Consumer<Throwable> done) {
        byte[] json = Json.bytes(event);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        response.write(false, ByteBuffer.wrap(line), Callback.from(() -> done.accept(null), failure -> {
            completion.failed(failure);
            done.accept(failure);
        }));
    }

    @Override
    public void end() {
        response.write(true, ByteBuffer.allocate(0), completion);
    }

    @Override
    public void cut() {
        byte[] begun = "{\"type\":\"MODIFIED\",\"object\":{\"kind\":".getBytes(StandardCharsets.UTF_8);
        Runnable close = () -> completion.failed(new IOException("connection cut on demand"));
        response.write(false, ByteBuffer.wrap(begun), Callback.from(close, failure -> close.run()));
    }
}
