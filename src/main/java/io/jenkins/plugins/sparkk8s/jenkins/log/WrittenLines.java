package io.jenkins.plugins.sparkk8s.jenkins.log;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the marks in a build log say of one application: how far its driver's log is shown, and which other lines are there. A
 * line counts when it has its end; one that a crash broke off in the middle is as if it had not been written.
 */
final class WrittenLines {
    private static final byte[] BEGIN = LineMark.BEGIN.getBytes(StandardCharsets.US_ASCII);
    private static final int REST = LineMark.ENCODED_LENGTH + LineMark.END.length();

    private final int application;
    private final int after;
    private final List<Long> events = new ArrayList<>();
    private LogCursor cursor;
    private Long counts;
    private int last;

    /**
     * @param application by {@link LineMark#key}
     * @param after number of the last line that does not matter any more
     */
    WrittenLines(int application, int after) {
        this.application = application;
        this.after = after;
        this.last = after;
    }

    /** Reads to the end; memory does not depend on the length of the log or of its lines. */
    void scan(InputStream log) throws IOException {
        BufferedInputStream in = new BufferedInputStream(log);
        LineMark open = null;
        int matched = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n' && open != null) {
                take(open);
                open = null;
            }
            matched = next == BEGIN[matched] ? matched + 1 : next == BEGIN[0] ? 1 : 0;
            if (matched == BEGIN.length) {
                matched = 0;
                open = mark(in).orElse(open);
            }
        }
    }

    private Optional<LineMark> mark(BufferedInputStream in) throws IOException {
        in.mark(REST);
        String text = new String(in.readNBytes(REST), StandardCharsets.ISO_8859_1);
        if (text.endsWith(LineMark.END)) {
            Optional<LineMark> mark = LineMark.decode(text.substring(0, text.length() - LineMark.END.length()));
            if (mark.isPresent()) {
                return mark.filter(found -> found.application() == application);
            }
        }
        in.reset();
        return Optional.empty();
    }

    private void take(LineMark mark) {
        if (mark.kind() == LineMark.Kind.LOG) {
            cursor = mark.cursor();
        } else if (mark.count() > after) {
            last = Math.max(last, mark.count());
            if (mark.kind() == LineMark.Kind.COUNTS) {
                counts = mark.value();
            } else {
                events.add(mark.value());
            }
        }
    }

    /** How far the driver's log is shown; empty when no line of it was found. */
    Optional<LogCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** Digests of the lines, in their order. */
    List<Long> events() {
        return events;
    }

    /** Digest of the last line of counts; null when there is none. */
    Long counts() {
        return counts;
    }

    /** Number of the last line. */
    int last() {
        return last;
    }
}
