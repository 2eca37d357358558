package io.jenkins.plugins.sparkk8s.monitor.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lines of a stream, whose memory is bounded however long a line is: what is beyond the bound is read and dropped.
 * Not thread-safe; the stream stays the caller's to close.
 */
final class BoundedLines {
    private final InputStream in;
    private final int bound;
    private long bytes;
    private boolean complete;
    private boolean cut;

    /** @param bound most bytes of a line that are kept */
    BoundedLines(InputStream in, int bound) {
        this.in = new BufferedInputStream(in);
        this.bound = bound;
    }

    /** The next line, read as UTF-8, without its end; null at the end of the stream. */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        complete = false;
        cut = false;
        boolean any = false;
        for (int next = in.read(); next >= 0; next = in.read()) {
            any = true;
            bytes++;
            if (next == '\n') {
                complete = true;
                break;
            }
            if (line.size() < bound) {
                line.write(next);
            } else {
                cut = true;
            }
        }
        return any ? withoutReturn(line.toString(StandardCharsets.UTF_8)) : null;
    }

    /** Whether the last line had its end. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the last line was longer than the bound. */
    boolean isCut() {
        return cut;
    }

    /** How much was read in all. */
    long bytes() {
        return bytes;
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
