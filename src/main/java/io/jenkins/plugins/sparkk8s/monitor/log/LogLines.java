package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes lines of the bytes of a log, in whatever pieces they come. Its memory is bounded however long a line is: what is
 * beyond the bound is counted and dropped.
 *
 * <p>A lone carriage return takes the cursor of a terminal back to the begin of the line; what is written next replaces
 * what stood there, so that of a progress bar only the last state remains. The timestamp, which is not the container's, stays. Not
 * thread-safe.
 */
final class LogLines {
    /** Leaves room for the prefix of a line and for the words about the rest of it. */
    private static final int MOST_BYTES = TextSanitizer.MAX_LINE - 256;

    private final byte[] buffer = new byte[MOST_BYTES];
    private final Consumer<Line> output;
    private int length;
    private int textStart;
    private long dropped;
    private boolean hasReturned;
    private boolean isOverwritten;
    private boolean isBegun;

    /**
     * A line without its end.
     *
     * @param timestamp what stands before the first blank; all when there is none
     * @param text what stands after it; cut when it is longer than the bound, and then says so
     * @param overwritten whether the text replaced an earlier one of the same line
     */
    record Line(String timestamp, String text, boolean overwritten) {}

    /** @param output takes each line that has its end */
    LogLines(Consumer<Line> output) {
        this.output = output;
    }

    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            take(bytes.get());
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            end();
            return;
        }
        isBegun = true;
        if (next == '\r') {
            hasReturned = true;
            return;
        }
        if (hasReturned) {
            hasReturned = false;
            isOverwritten = true;
            length = textStart;
            dropped = 0;
        }
        if (length == buffer.length) {
            dropped++;
            return;
        }
        buffer[length++] = next;
        if (textStart == 0 && next == ' ') {
            textStart = length;
        }
    }

    /** Hands on what there is of the unfinished line as a line; nothing when there is none. */
    void end() {
        Line line = unfinished();
        length = 0;
        textStart = 0;
        dropped = 0;
        hasReturned = false;
        isOverwritten = false;
        isBegun = false;
        output.accept(line);
    }

    /** Whether some of a line has come, but not its end. */
    boolean hasUnfinished() {
        return isBegun;
    }

    /** The line whose end has not come, as it stands now. */
    Line unfinished() {
        int timestampEnd = textStart == 0 ? length : textStart - 1;
        String timestamp = new String(buffer, 0, timestampEnd, StandardCharsets.UTF_8);
        String text = textStart == 0 ? "" : text();
        return new Line(timestamp, text, isOverwritten);
    }

    private String text() {
        if (dropped == 0) {
            return new String(buffer, textStart, length - textStart, StandardCharsets.UTF_8);
        }
        int whole = wholeCharacters();
        // The words are those of TextSanitizer, by which a mask recognises that a secret may have been cut, too.
        return "%s… (%d more characters)"
                .formatted(
                        new String(buffer, textStart, whole - textStart, StandardCharsets.UTF_8),
                        dropped + length - whole);
    }

    /** Where the last character that was not cut in two ends. */
    private int wholeCharacters() {
        int start = length - 1;
        while (start > textStart && length - start < 4 && (buffer[start] & 0xc0) == 0x80) {
            start--;
        }
        int lead = buffer[start] & 0xff;
        int size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
        return start + size > length ? start : length;
    }
}
