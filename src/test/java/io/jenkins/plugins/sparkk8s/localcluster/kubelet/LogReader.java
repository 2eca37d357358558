package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives out a container's log, from its beginning or its last lines, and as it grows. */
final class LogReader {

    private static final long POLL_MILLIS = 50;
    /** As much as a termination message may hold. */
    private static final int TAIL_BYTES = 2048;

    private final LogQuery query;
    private final OutputStream output;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
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
        try (InputStream input = Files.newInputStream(log.file())) {
            // Asked before reading: lines that come later are read in the next round.
            boolean complete = log.isComplete();
            List<String> backlog = readLines(input);
            int skipped = query.tailLines() == null ? 0 : Math.max(0, backlog.size() - query.tailLines());
            writeAll(backlog.subList(skipped, backlog.size()));
            while (query.follow() && !complete && bytesLeft > 0) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                complete = log.isComplete();
                writeAll(readLines(input));
            }
        }
    }

    /** Lines that are complete by now; the beginning of one more is kept for the next call. */
    private List<String> readLines(InputStream input) throws IOException {
        byte[] bytes = input.readAllBytes();
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                unfinished.write(bytes, start, i - start);
                lines.add(unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
                start = i + 1;
            }
        }
        unfinished.write(bytes, start, bytes.length - start);
        return lines;
    }

    private void writeAll(List<String> lines) throws IOException {
        for (String line : lines) {
            write(line);
        }
        output.flush();
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
