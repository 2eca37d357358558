package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The last lines of a container's log.
 *
 * @param lines as they were written
 * @param isWhole whether that is all of the log
 */
public record LastLines(List<String> lines, boolean isWhole) {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** What is read at least if there is as much: a limit counts from the first of the lines on, and would cut off the last. */
    private static final int LEAST_LIMIT = 1024 * 1024;

    public LastLines {
        lines = List.copyOf(lines);
    }

    /**
     * Reads them with one bounded request.
     *
     * @param container null for the only one of the pod
     * @param mostLines how many are read
     * @param mostCharacters of how many the last are kept
     * @return fails when the log could not be read
     */
    public static CompletableFuture<LastLines> read(
            PodLogSource source, String container, int mostLines, int mostCharacters) {
        Reader reader = new Reader(mostLines, mostCharacters);
        source.open(new LogSource.Query(container, null, false, mostLines, reader.mostBytes, LONGEST), reader);
        return reader.read;
    }

    private static final class Reader implements LogSource.Receiver {
        private final int mostLines;
        private final int mostCharacters;
        private final int mostBytes;
        private final LogReading reading = new LogReading(LogCursor.beginning(), (text, reached) -> take(text));
        private final Deque<String> kept = new ArrayDeque<>();
        private final CompletableFuture<LastLines> read = new CompletableFuture<>();
        private long lines;
        private long bytes;
        private long characters;

        Reader(int mostLines, int mostCharacters) {
            this.mostLines = mostLines;
            this.mostCharacters = mostCharacters;
            this.mostBytes = Math.max(LEAST_LIMIT, mostLines * TextSanitizer.MAX_LINE);
        }

        private void take(String text) {
            lines++;
            kept.addLast(text);
            characters += text.length();
            while (characters > mostCharacters) {
                characters -= kept.removeFirst().length();
            }
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
            boolean isCut = bytes >= mostBytes;
            if (!isCut) {
                // What was cut off within a line may be the end of a secret, whose begin no mask would know.
                reading.end();
            }
            if (reading.kubeletWords() != null && !reading.hasLines()) {
                read.completeExceptionally(LogNotices.kubelet(reading.kubeletWords()));
            } else {
                read.complete(new LastLines(List.copyOf(kept), !isCut && lines < mostLines && kept.size() == lines));
            }
        }
    }
}
