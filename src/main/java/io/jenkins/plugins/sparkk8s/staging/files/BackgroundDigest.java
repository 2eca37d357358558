package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * A digest that other threads compute while the one that reads sends what it has read. Used by one thread, which takes a
 * buffer, fills it, has it digested and sends it meanwhile; it waits when all of the few buffers are still to be digested.
 */
public final class BackgroundDigest {
    /** Large enough that handing it over costs little beside its digest; larger arrays take twice their room in a small heap. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int BUFFERS = 8;

    private final StreamDigest digest = new StreamDigest();
    private final Executor threads;
    private final int bufferBytes;
    /** In the order in which they are digested. */
    private final Queue<Digesting> used = new ArrayDeque<>(BUFFERS);

    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    private record Digesting(byte[] buffer, CompletableFuture<Void> end) {}

    /**
     * @param bytes of all, as far as is known
     * @param threads that compute it; not used when all fits in one buffer
     */
    public BackgroundDigest(long bytes, Executor threads) {
        this.bufferBytes = (int) Math.min(MOST_BYTES, bytes + 1);
        this.threads = bytes < MOST_BYTES ? Runnable::run : threads;
    }

    /** One that is not being digested; the caller needs none of those before any more. */
    public byte[] buffer() throws IOException {
        Digesting first = used.peek();
        if (first == null || used.size() < BUFFERS && !first.end().isDone()) {
            return new byte[bufferBytes];
        }
        used.remove();
        await(first.end());
        return first.buffer();
    }

    /** @param buffer from {@link #buffer}, whose first bytes count and may be read until the next is taken */
    public void update(byte[] buffer, int length) {
        last = last.thenRunAsync(() -> digest.update(buffer, length), threads);
        used.add(new Digesting(buffer, last));
    }

    /** 64 hex digits, when all has been digested. */
    public String hex() throws IOException {
        await(last);
        return digest.hex();
    }

    private static void await(CompletableFuture<Void> end) throws IOException {
        try {
            end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while uploading").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("no checksum could be computed", e);
        }
    }
}
