package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The whole members of a file, one after the other. What is damaged between two of them is passed over; what follows the last
 * does not count, since it is being written, or a crash broke it off. Not thread-safe.
 */
final class LogMembers implements Closeable {
    private static final int PIECE_BYTES = 64 * 1024;

    private final FileChannel file;
    private final long size;
    private long position;
    private boolean isDamagedBefore;

    /** @throws IOException when the file cannot be read */
    LogMembers(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.size = file.size();
    }

    /** Empty when there are no more. */
    Optional<LogMember> next() throws IOException {
        isDamagedBefore = false;
        for (long at = position; at >= 0; at = nextBegin(at + 1)) {
            Optional<LogMember> member = at(at);
            if (member.isPresent()) {
                isDamagedBefore = at > position;
                position = at + member.get().bytes().length;
                return member;
            }
        }
        return Optional.empty();
    }

    /** Where the last member that was given ends. */
    long position() {
        return position;
    }

    /** Whether something has been passed over before it. */
    boolean isDamagedBefore() {
        return isDamagedBefore;
    }

    private Optional<LogMember> at(long begin) throws IOException {
        int length = LogMember.length(read(begin, LogMember.HEADER_BYTES));
        if (length == 0 || begin + length > size) {
            return Optional.empty();
        }
        LogMember member = LogMember.whole(read(begin, length));
        return isBeginOrEnd(begin + length) || member.isIntact() ? Optional.of(member) : Optional.empty();
    }

    /** A length that is damaged would hide what follows. */
    private boolean isBeginOrEnd(long at) throws IOException {
        return LogMember.isBegin(read(at, LogMember.BEGIN_BYTES), 0);
    }

    /** @return where a member may begin next; negative when there is none */
    private long nextBegin(long from) throws IOException {
        int overlap = LogMember.BEGIN_BYTES - 1;
        for (long at = from; at + overlap < size; at += PIECE_BYTES - overlap) {
            byte[] piece = read(at, PIECE_BYTES);
            for (int i = 0; i + overlap < piece.length; i++) {
                if (LogMember.isBegin(piece, i)) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    /** Fewer bytes when the file ends before. */
    private byte[] read(long from, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(most, size - from)));
        int count = 0;
        while (bytes.hasRemaining() && count >= 0) {
            count = file.read(bytes, from + bytes.position());
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
