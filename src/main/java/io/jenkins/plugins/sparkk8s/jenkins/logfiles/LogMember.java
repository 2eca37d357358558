package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;

/**
 * A part of a log in gzip's own form, which any tool reads; a file of a log is such members one after the other. An extra field
 * of the header says how long the member is and how far in the log it reaches. So the member and the place in the log are one record,
 * and of one that a crash broke off in the middle it is known that it does not count.
 *
 * @param reached how far the log is kept with it
 * @param bytes all of it
 */
public record LogMember(LogCursor reached, byte[] bytes) {
    private static final Logger LOGGER = Logger.getLogger(LogMember.class.getName());
    private static final int EXTRA_BYTES = 24;
    /** How each begins: gzip's header, and that of the extra field. */
    private static final byte[] BEGIN = {
        0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 255, EXTRA_BYTES, 0, 'S', 'K', EXTRA_BYTES - 4, 0
    };

    static final int BEGIN_BYTES = 16;
    static final int HEADER_BYTES = BEGIN_BYTES + EXTRA_BYTES - 4;
    private static final int TRAILER_BYTES = 8;
    /** Far more than a writer puts into one. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int MOST_TEXT_BYTES = 64 * 1024 * 1024;
    private static final long NO_TIME = Long.MIN_VALUE;

    /** @param text of some lines, in UTF-8, each with its end */
    public static LogMember of(byte[] text, LogCursor reached) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (OutputStream out = new DeflaterOutputStream(deflated, deflater)) {
            out.write(text);
        } catch (IOException e) {
            throw new IllegalStateException("Memory can be written.", e);
        } finally {
            deflater.end();
        }
        CRC32 checksum = new CRC32();
        checksum.update(text);
        int length = HEADER_BYTES + deflated.size() + TRAILER_BYTES;
        ByteBuffer member = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        member.put(BEGIN);
        Instant time = reached.time();
        member.putInt(length).putLong(time == null ? NO_TIME : time.getEpochSecond());
        member.putInt(time == null ? 0 : time.getNano()).putInt(reached.lines());
        member.put(deflated.toByteArray());
        member.putInt((int) checksum.getValue()).putInt(text.length);
        return new LogMember(reached, member.array());
    }

    /** Whether one may begin at an index; also where less than a begin is left of the bytes. */
    static boolean isBegin(byte[] bytes, int at) {
        int count = Math.min(BEGIN_BYTES, bytes.length - at);
        return Arrays.equals(bytes, at, at + count, BEGIN, 0, count);
    }

    /**
     * How long a member is.
     *
     * @param header its first bytes
     * @return 0 when it is none
     */
    static int length(byte[] header) {
        if (header.length < HEADER_BYTES || !isBegin(header, 0)) {
            return 0;
        }
        int length = fields(header).getInt();
        return length < HEADER_BYTES || length > MOST_BYTES ? 0 : length;
    }

    private static ByteBuffer fields(byte[] header) {
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).position(BEGIN_BYTES);
    }

    /** @param bytes of {@link #length} */
    static LogMember whole(byte[] bytes) {
        ByteBuffer fields = fields(bytes);
        fields.getInt();
        long second = fields.getLong();
        int nano = fields.getInt();
        Instant time = second == NO_TIME ? null : Instant.ofEpochSecond(second, nano);
        return new LogMember(new LogCursor(time, fields.getInt()), bytes);
    }

    /** Whether its text is what was written. */
    boolean isIntact() {
        try {
            text();
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "A part of a log is damaged.", e);
            return false;
        }
    }

    /**
     * The lines, in UTF-8.
     *
     * @throws IOException when it is damaged
     */
    byte[] text() throws IOException {
        try (InputStream text = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return text.readNBytes(MOST_TEXT_BYTES);
        }
    }
}
