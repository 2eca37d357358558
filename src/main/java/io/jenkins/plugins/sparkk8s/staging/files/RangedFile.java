package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that is read in ranges, by several threads and some of them more than once, and digested on the way. The digest is that
 * of what was read last of each block.
 */
public final class RangedFile {
    /** A block has a whole number of them. Stays in a processor's cache from reading to sending. */
    private static final int PIECE_BYTES = 128 * 1024;

    /** Is asked when the whole file has been read as one range, before its last bytes are given out. */
    public interface Check {
        /** @throws IOException when it may not be sent */
        void whole() throws IOException;
    }

    private final Path source;
    private final long size;
    private final BlockReader.Progress progress;
    private final Map<Long, byte[]> blocks = new ConcurrentHashMap<>();
    /** How many bytes of a range have been given out at most, by its offset. */
    private final Map<Long, AtomicLong> given = new ConcurrentHashMap<>();

    /** Null until the file is known to have changed. */
    private volatile IOException failure;

    /**
     * @param size which it must have
     * @param progress is called with the bytes that have been given out for the first time, none when they are repeated
     */
    public RangedFile(Path source, long size, BlockReader.Progress progress) {
        this.source = source;
        this.size = size;
        this.progress = progress;
    }

    /**
     * Reads a range.
     *
     * @param offset of its first byte, a multiple of {@link Digests#BLOCK_BYTES}
     * @param length in bytes; a multiple of {@link Digests#BLOCK_BYTES}, but for the last range
     * @throws IOException when the file cannot be read, or is known to have changed
     */
    public InputStream open(long offset, long length, Check check) throws IOException {
        requireSound();
        return new Range(FileChannel.open(source, StandardOpenOption.READ), offset, offset + length, check);
    }

    /** @throws IOException what a range was refused for, since its reader may have reported something else */
    public void requireSound() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * 64 hex digits.
     *
     * @throws IllegalStateException when not all ranges have been read to their ends
     */
    public String digest() {
        BlockDigests digests = new BlockDigests();
        long count = (size + Digests.BLOCK_BYTES - 1) / Digests.BLOCK_BYTES;
        for (long block = 0; block < count; block++) {
            byte[] digest = blocks.get(block);
            if (digest == null) {
                throw new IllegalStateException("block %d has not been read".formatted(block));
            }
            digests.add(block, digest);
        }
        return digests.hex();
    }

    private final class Range extends InputStream {
        private final FileChannel in;
        private final long offset;
        private final long end;
        private final Check check;
        private final AtomicLong most;
        private final MessageDigest digest = Digests.sha256();
        private final byte[] piece;
        /** Where the file is read on. */
        private long position;
        /** In the piece. */
        private int next;

        private int limit;

        Range(FileChannel in, long offset, long end, Check check) {
            this.in = in;
            this.offset = offset;
            this.end = end;
            this.check = check;
            this.position = offset;
            this.piece = new byte[(int) Math.min(PIECE_BYTES, end - offset)];
            this.most = given.computeIfAbsent(offset, key -> new AtomicLong());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (next == limit) {
                if (position == end) {
                    return -1;
                }
                fill();
            }
            int count = Math.min(length, limit - next);
            System.arraycopy(piece, next, bytes, from, count);
            next += count;
            long now = position - offset - (limit - next);
            progress.read((int) Math.max(0, now - most.getAndAccumulate(now, Math::max)));
            return count;
        }

        private void fill() throws IOException {
            requireSound();
            int wanted = (int) Math.min(piece.length, end - position);
            ByteBuffer buffer = ByteBuffer.wrap(piece, 0, wanted);
            for (int read = 0; read >= 0 && buffer.hasRemaining(); ) {
                read = in.read(buffer, position + buffer.position());
            }
            next = 0;
            limit = buffer.position();
            try {
                if (limit < wanted) {
                    throw FileDigests.changed(source);
                }
                position += limit;
                digest.update(piece, 0, limit);
                if (position == end || position % Digests.BLOCK_BYTES == 0) {
                    blocks.put((position - 1) / Digests.BLOCK_BYTES, digest.digest());
                }
                if (position == size && offset == 0) {
                    check.whole();
                }
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int available() {
            return limit - next;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
