package io.jenkins.plugins.sparkk8s.jenkins.log;

import hudson.console.ConsoleNote;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Says in the build log, unseen, what a line stands for; written with the line, so that both are there or neither is.
 *
 * <p>It has the form of a console note without a signature, as agents write them: Jenkins shows no such note, and takes
 * it out of the plain text. So it stays with its line whatever is put before it (timestamps), done to it (colours,
 * masked passwords) and wherever the log is kept. Unlike a signed note of a class of ours it has {@value #LENGTH}
 * bytes, few enough for each line. A line that other steps forge can at most lose or repeat lines of the very build
 * that forges them.
 *
 * @param kind what the numbers are
 * @param application which one of the build, by {@link #key}
 * @param value nanoseconds of the cursor's time since the epoch, or the digest of a line
 * @param count lines of the cursor, or the number of a line
 */
record LineMark(Kind kind, int application, long value, int count) {
    static final String BEGIN = ConsoleNote.PREAMBLE_STR;
    static final String END = ConsoleNote.POSTAMBLE_STR;

    private static final int CONTENT_BYTES = 17;
    /** Four bytes of the size and the content, with no padding. */
    static final int ENCODED_LENGTH = (Integer.BYTES + CONTENT_BYTES) / 3 * 4;

    static final int LENGTH = 39;

    private static final long NO_TIME = Long.MIN_VALUE;
    private static final long NANOS = 1_000_000_000L;

    enum Kind {
        /** How far the driver's log is shown. */
        LOG,
        /** A line that is written once. */
        EVENT,
        /** The counts of executors: only the last one counts. */
        COUNTS;

        private static Optional<Kind> of(int code) {
            return code < 1 || code > values().length ? Optional.empty() : Optional.of(values()[code - 1]);
        }

        private int code() {
            return ordinal() + 1;
        }
    }

    static LineMark log(int application, LogCursor reached) {
        Instant time = reached.time();
        long nanos = time == null
                ? NO_TIME
                : Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
        return new LineMark(Kind.LOG, application, nanos, reached.lines());
    }

    /** @return a number which distinguishes the applications of one build */
    static int key(String applicationId) {
        return (int) digest(applicationId);
    }

    /** @return the same number for the same text, and practically never for another */
    static long digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Of a mark of the log. */
    LogCursor cursor() {
        return new LogCursor(
                value == NO_TIME
                        ? null
                        : Instant.ofEpochSecond(Math.floorDiv(value, NANOS), Math.floorMod(value, NANOS)),
                count);
    }

    String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + CONTENT_BYTES)
                .putInt(CONTENT_BYTES)
                .put((byte) kind.code())
                .putInt(application)
                .putLong(value)
                .putInt(count);
        return BEGIN + Base64.getEncoder().encodeToString(bytes.array()) + END;
    }

    /**
     * @param encoded what stands between begin and end
     * @return empty when it is another note
     */
    static Optional<LineMark> decode(String encoded) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.remaining() != Integer.BYTES + CONTENT_BYTES || bytes.getInt() != CONTENT_BYTES) {
            return Optional.empty();
        }
        return Kind.of(bytes.get()).map(kind -> new LineMark(kind, bytes.getInt(), bytes.getLong(), bytes.getInt()));
    }
}
