package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Gives out a container's log, from its beginning or its last lines, and as it grows. */
final class LogReader {

    private static final long POLL_MILLIS = 50;
    /** As much as a termination message may hold. */
    private static final int TAIL_BYTES = 2048;

    private final LogQuery query;
    private final OutputStream output;
    private long bytesLeft;

    LogReader(LogQuery query, OutputStream output) {
        this.query = query;
        this.output = output;
        this.bytesLeft = query.limitBytes() == null ? Long.MAX_VALUE : query.limitBytes();
    }

    /** The end of a log, without its timestamps. */
    static String tail(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            text.append(line.substring(line.indexOf(' ') + 1)).append('\n');
        }
        return text.substring(Math.max(0, text.length() - TAIL_BYTES));
    }

    /** Writes what the query asks for; with {@code follow}, until the log is complete or the reader is gone. */
    void copy(ContainerLog log) throws IOException, InterruptedException {
        try (BufferedReader lines = Files.newBufferedReader(log.file())) {
            Deque<String> backlog = new ArrayDeque<>();
            // Asked before reading: lines that come later are read in the next round.
            boolean complete = log.isComplete();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                backlog.add(line);
                if (query.tailLines() != null && backlog.size() > query.tailLines()) {
                    backlog.remove();
                }
            }
            for (String line : backlog) {
                write(line);
            }
            output.flush();
            while (query.follow() && !complete && bytesLeft > 0) {
                complete = log.isComplete();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    write(line);
                }
                output.flush();
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private void write(String line) throws IOException {
        int space = line.indexOf(' ');
        if (query.since() != null && Instant.parse(line.substring(0, space)).isBefore(query.since())) {
            return;
        }
        String text = query.timestamps() ? line : line.substring(space + 1);
        byte[] bytes = (text + '\n').getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(bytes.length, bytesLeft);
        output.write(bytes, 0, length);
        bytesLeft -= length;
    }
}
