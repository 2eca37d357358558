package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads the last lines of a container's log with one bounded request. For one read. */
public final class LastLines implements LogSource.Receiver {
    private static final int MOST_LINES = 2000;
    private static final int MOST_BYTES = 1024 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final LogReading reading;
    private final CompletableFuture<Boolean> read = new CompletableFuture<>();
    private long lines;
    private long bytes;

    private LastLines(Consumer<String> output) {
        this.reading = new LogReading(LogCursor.beginning(), (text, reached) -> {
            lines++;
            output.accept(text);
        });
    }

    /**
     * @param container null for the only one of the pod
     * @param output takes each line as it was written, on a thread of the client
     * @return whether that is not all of the log; fails when the log could not be read
     */
    public static CompletableFuture<Boolean> read(PodLogSource source, String container, Consumer<String> output) {
        LastLines receiver = new LastLines(output);
        source.open(new LogSource.Query(container, null, false, MOST_LINES, MOST_BYTES, LONGEST), receiver);
        return receiver.read;
    }

    @Override
    public void bytes(ByteBuffer piece) {
        bytes += piece.remaining();
        reading.feed(piece);
    }

    @Override
    public void ended(RuntimeException failure) {
        if (failure != null) {
            read.completeExceptionally(failure);
            return;
        }
        reading.end();
        if (reading.kubeletWords() != null && !reading.hasLines()) {
            read.completeExceptionally(LogNotices.kubelet(reading.kubeletWords()));
        } else {
            read.complete(lines >= MOST_LINES || bytes >= MOST_BYTES);
        }
    }
}
