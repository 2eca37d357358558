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
import java.util.Optional;
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
    private static final int FIXED_BYTES = 10;
    private static final int EXTRA_BYTES = 24;
    private static final int HEADER_BYTES = FIXED_BYTES + 2 + EXTRA_BYTES;
    private static final int TRAILER_BYTES = 8;
    /** Far more than a writer puts into one. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int FIELD = 'S' | 'K' << 8;
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
        member.put(new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 255});
        member.putShort((short) EXTRA_BYTES).putShort((short) FIELD).putShort((short) (EXTRA_BYTES - 4));
        Instant time = reached.time();
        member.putInt(length).putLong(time == null ? NO_TIME : time.getEpochSecond());
        member.putInt(time == null ? 0 : time.getNano()).putInt(reached.lines());
        member.put(deflated.toByteArray());
        member.putInt((int) checksum.getValue()).putInt(text.length);
        return new LogMember(reached, member.array());
    }

    /** @return the next whole one; empty at the end, which may be in the middle of one */
    static Optional<LogMember> read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        boolean isMember = fields.getInt() == 0x04088b1f
                && fields.position(FIXED_BYTES).getShort() == EXTRA_BYTES
                && fields.getShort() == (short) FIELD
                && fields.getShort() == EXTRA_BYTES - 4;
        int length = isMember ? fields.getInt() : 0;
        if (length < HEADER_BYTES || length > MOST_BYTES) {
            return Optional.empty();
        }
        byte[] rest = in.readNBytes(length - HEADER_BYTES);
        if (rest.length < length - HEADER_BYTES) {
            return Optional.empty();
        }
        long second = fields.getLong();
        int nano = fields.getInt();
        Instant time = second == NO_TIME ? null : Instant.ofEpochSecond(second, nano);
        return Optional.of(new LogMember(
                new LogCursor(time, fields.getInt()),
                ByteBuffer.allocate(length).put(header).put(rest).array()));
    }

    /** @throws IOException also when the member is damaged */
    void writeText(OutputStream out) throws IOException {
        try (InputStream text = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            text.transferTo(out);
        }
    }
}
