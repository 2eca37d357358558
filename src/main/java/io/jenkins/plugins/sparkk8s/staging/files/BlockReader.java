package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.Executor;

/**
 * Reads a file block by block, by several threads, digests each block and, if wanted, writes it to the same position of another
 * file. Each piece is read once: what is written is what has been digested.
 *
 * <p>The calling thread takes part. It neither waits for helpers that have not begun nor returns while one is at work, so that
 * nothing is written after its return.
 */
public final class BlockReader {
    /** Stays in a processor's cache from reading to writing. */
    private static final int PIECE_BYTES = 256 * 1024;

    /** Threads for one file; writes to one file wait for each other. */
    private static final int MOST_THREADS = 4;

    /** Is notified of each piece. */
    public interface Progress {
        /** Called on any of the threads. */
        void read(int bytes);
    }

    private final Path source;
    private final long size;
    private final FileChannel target;
    private final Progress progress;
    private final BlockDigests digests = new BlockDigests();

    /** Guarded by this, as the two below. */
    private long nextBlock;

    private int helping;
    private Throwable failure;
    private volatile boolean stopped;

    /**
     * @param size which it must have
     * @param target where it is copied to; null to digest it alone
     */
    public BlockReader(Path source, long size, FileChannel target, Progress progress) {
        this.source = source;
        this.size = size;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Reads all of it.
     *
     * @return its digest
     * @throws IOException the first of any thread; also when the file has another size, or the calling thread is interrupted
     */
    public String run(Executor helpers) throws IOException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
            try {
                for (int i = 1; i < threads(); i++) {
                    helpers.execute(() -> help(in));
                }
                readBlocks(in);
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            } finally {
                awaitHelpers();
            }
            rethrow();
            requireEnd(in);
        }
        return digests.hex();
    }

    private long threads() {
        long blocks = (size + Digests.BLOCK_BYTES - 1) / Digests.BLOCK_BYTES;
        return Math.min(blocks, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    private void help(FileChannel in) {
        synchronized (this) {
            if (stopped || nextBlock * Digests.BLOCK_BYTES >= size) {
                return;
            }
            helping++;
        }
        try {
            readBlocks(in);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            synchronized (this) {
                helping--;
                notifyAll();
            }
        }
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            failure.addSuppressed(e);
        }
        stopped = true;
    }

    /** The calling thread keeps an interruption for later; the helpers notice it by {@code stopped}. */
    private synchronized void awaitHelpers() {
        boolean interrupted = false;
        while (helping > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
                stopped = true;
                fail(interruption(e));
            }
        }
        stopped = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private static InterruptedIOException interruption(InterruptedException cause) {
        InterruptedIOException e = new InterruptedIOException("interrupted while uploading");
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }

    private synchronized long takeBlock() {
        return stopped || nextBlock * Digests.BLOCK_BYTES >= size ? -1 : nextBlock++;
    }

    private void readBlocks(FileChannel in) throws IOException {
        MessageDigest digest = Digests.sha256();
        ByteBuffer buffer = null;
        for (long block = takeBlock(); block >= 0; block = takeBlock()) {
            if (buffer == null) {
                buffer = size < PIECE_BYTES ? ByteBuffer.allocate((int) size) : ByteBuffer.allocateDirect(PIECE_BYTES);
            }
            long end = Math.min(size, (block + 1) * Digests.BLOCK_BYTES);
            for (long position = block * Digests.BLOCK_BYTES; position < end && !stopped; ) {
                position += readPiece(in, buffer, position, end, digest);
            }
            if (!stopped) {
                digests.add(block, digest.digest());
            }
        }
    }

    private int readPiece(FileChannel in, ByteBuffer buffer, long position, long end, MessageDigest digest)
            throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interruption(null);
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
        int read = in.read(buffer, position);
        if (read <= 0) {
            throw FileDigests.changed(source);
        }
        digest.update(buffer.flip());
        if (target != null) {
            buffer.rewind();
            for (long written = position; buffer.hasRemaining(); ) {
                written += target.write(buffer, written);
            }
        }
        progress.read(read);
        return read;
    }

    /** Asked last, so that also what is added while the last blocks are read is noticed. */
    private void requireEnd(FileChannel in) throws IOException {
        if (in.read(ByteBuffer.allocate(1), size) > 0) {
            throw FileDigests.changed(source);
        }
    }
}
