package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Gives out a container's log, from its beginning or its last lines, and as it grows. As a kubelet does, it puts the parts
 * of a long line together again, and counts each of them as a line when it is asked for the last ones.
 */
final class LogReader {

    private static final long POLL_MILLIS = 50;
    private static final int BUFFER_BYTES = 64 * 1024;
    /** As much as a termination message may hold. */
    private static final int TAIL_BYTES = 2048;

    private static final int TAIL_LINES = 80;

    private final LogQuery query;
    private final OutputStream output;
    private final ByteArrayOutputStream entry = new ByteArrayOutputStream();
    private boolean atLineStart = true;
    private long bytesLeft;

    LogReader(LogQuery query, OutputStream output) {
        this.query = query;
        this.output = output;
        this.bytesLeft = query.limitBytes() == null ? Long.MAX_VALUE : query.limitBytes();
    }

    /** The end of a log, without its timestamps. */
    static String tail(Path file) throws IOException {
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            LogReader reader = new LogReader(new LogQuery(false, false, false, TAIL_LINES, null, null), end);
            reader.skipToTail(input);
            reader.copyAll(input);
        }
        byte[] bytes = end.toByteArray();
        int length = Math.min(TAIL_BYTES, bytes.length);
        return new String(bytes, bytes.length - length, length, StandardCharsets.UTF_8);
    }

    /** Writes what the query asks for; with {@code follow}, until the log is complete or the reader is gone. */
    void copy(ContainerLog log) throws IOException, InterruptedException {
        try (RandomAccessFile input = new RandomAccessFile(log.file().toFile(), "r")) {
            // Asked before reading: lines that come later are read in the next round.
            boolean complete = log.isComplete();
            skipToTail(input);
            copyAll(input);
            while (query.follow() && !complete && bytesLeft > 0) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                complete = log.isComplete();
                copyAll(input);
            }
        }
    }

    /** Goes back from the end over as many lines as are wanted. */
    private void skipToTail(RandomAccessFile input) throws IOException {
        if (query.tailLines() == null) {
            return;
        }
        byte[] block = new byte[BUFFER_BYTES];
        // The newline that ends the last line begins no other.
        int newlines = query.tailLines() + 1;
        for (long end = input.length(); end > 0; ) {
            int length = (int) Math.min(block.length, end);
            end -= length;
            input.seek(end);
            input.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n' && --newlines == 0) {
                    input.seek(end + i + 1);
                    return;
                }
            }
        }
        input.seek(0);
    }

    /** Copies the lines that are complete by now; the beginning of one more is kept for the next call. */
    private void copyAll(RandomAccessFile file) throws IOException {
        // Not closed, since the file is read on later.
        InputStream input = Channels.newInputStream(file.getChannel());
        byte[] buffer = new byte[BUFFER_BYTES];
        int read = 0;
        while (bytesLeft > 0 && (read = input.read(buffer)) >= 0) {
            int start = 0;
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    entry.write(buffer, start, i - start);
                    write(entry.toByteArray());
                    entry.reset();
                    start = i + 1;
                }
            }
            entry.write(buffer, start, read - start);
        }
        output.flush();
    }

    /** @param line time, stream, tag and text */
    private void write(byte[] line) throws IOException {
        int time = indexOfSpace(line, 0);
        int stream = indexOfSpace(line, time + 1);
        int tag = indexOfSpace(line, stream + 1);
        String prefix = new String(line, 0, time, StandardCharsets.US_ASCII);
        if (query.since() != null && Instant.parse(prefix).isBefore(query.since())) {
            return;
        }
        if (query.timestamps() && atLineStart) {
            write((prefix + ' ').getBytes(StandardCharsets.US_ASCII), 0);
        }
        write(line, tag + 1);
        atLineStart = line[tag - 1] == 'F';
        if (atLineStart) {
            write(new byte[] {'\n'}, 0);
        }
    }

    private static int indexOfSpace(byte[] line, int from) {
        int i = from;
        while (line[i] != ' ') {
            i++;
        }
        return i;
    }

    private void write(byte[] bytes, int start) throws IOException {
        int length = (int) Math.min(bytes.length - start, bytesLeft);
        output.write(bytes, start, length);
        bytesLeft -= length;
    }
}
