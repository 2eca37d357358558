package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * A SHA-256 that other threads compute while the one that reads sends what it has read. Used by one thread, which takes a
 * buffer, fills it, sends it, and gives it back; it waits when all of the few buffers are still to be digested.
 */
public final class BackgroundDigest {
    /** Large enough that handing it over costs nothing beside its digest, which takes 0.2 ms. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int BUFFERS = 4;

    private final MessageDigest digest = Digests.sha256();
    private final Executor threads;
    private final int bufferBytes;
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
    private int made;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * @param bytes of all, as far as is known
     * @param threads that compute it; not used when all fits in one buffer
     */
    public BackgroundDigest(long bytes, Executor threads) {
        this.bufferBytes = (int) Math.min(MOST_BYTES, bytes + 1);
        this.threads = bytes < MOST_BYTES ? Runnable::run : threads;
    }

    public byte[] buffer() throws InterruptedIOException {
        byte[] buffer = free.poll();
        if (buffer == null && made < BUFFERS) {
            made++;
            return new byte[bufferBytes];
        }
        try {
            return buffer == null ? free.take() : buffer;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** @param buffer from {@link #buffer}, whose first bytes count; it is the caller's no more */
    public void update(byte[] buffer, int length) {
        last = last.thenRunAsync(
                () -> {
                    digest.update(buffer, 0, length);
                    free.add(buffer);
                },
                threads);
    }

    /** 64 hex digits, when all has been digested. */
    public String hex() throws IOException {
        try {
            last.get();
            return HexFormat.of().formatHex(digest.digest());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IOException("no checksum could be computed", e);
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (InterruptedIOException) new InterruptedIOException("interrupted while uploading").initCause(e);
    }
}
