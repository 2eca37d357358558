package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The last lines of the log of any container of the driver pod, to explain why it failed. For one read. */
public final class ContainerLogTail implements LogSource.Receiver {
    private static final Logger LOGGER = Logger.getLogger(ContainerLogTail.class.getName());
    private static final int MOST_LINES = 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Deque<String> lines = new ArrayDeque<>();
    private final LogReading reading =
            new LogReading(LogCursor.beginning(), (text, reached) -> lines.addLast(TextSanitizer.line(text)));
    private final CompletableFuture<List<String>> read = new CompletableFuture<>();

    private ContainerLogTail() {}

    /**
     * @param container of the driver pod, init containers included
     * @return printable lines, not masked; empty when there are none or they cannot be read within some seconds; never with
     *     an error
     */
    public static CompletableFuture<List<String>> read(PodLogSource source, String container) {
        ContainerLogTail tail = new ContainerLogTail();
        source.open(new LogSource.Query(container, null, false, MOST_LINES, LogRead.POLL_BYTES, LONGEST), tail);
        return tail.read;
    }

    @Override
    public void bytes(ByteBuffer bytes) {
        reading.feed(bytes);
    }

    @Override
    public void ended(RuntimeException failure) {
        if (failure == null) {
            reading.end();
        } else {
            LOGGER.log(Level.FINE, "The end of a container's log could not be read.", failure);
        }
        read.complete(List.copyOf(lines));
    }
}
