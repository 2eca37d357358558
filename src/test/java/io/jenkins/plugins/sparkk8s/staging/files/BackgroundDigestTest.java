package io.jenkins.plugins.sparkk8s.staging.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class BackgroundDigestTest {
    private static final int PIECE = 256 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 4 * PIECE, 4 * PIECE + 1, 9 * PIECE + 7})
    void isTheDigestOfAllPieces(int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            BackgroundDigest digest = new BackgroundDigest(bytes, threads);
            for (int from = 0; from < bytes; ) {
                byte[] buffer = digest.buffer();
                int length = Math.min(buffer.length, bytes - from);
                System.arraycopy(content, from, buffer, 0, length);
                digest.update(buffer, length);
                from += length;
            }

            assertThat(digest.hex()).isEqualTo(ExpectedDigest.of(content));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void keepsABufferUntilItHasBeenDigested() throws Exception {
        Queue<Runnable> tasks = new ArrayDeque<>();
        BackgroundDigest digest = new BackgroundDigest(9 * PIECE, tasks::add);
        byte[] first = digest.buffer();
        digest.update(first, first.length);
        for (int i = 1; i < 8; i++) {
            byte[] other = digest.buffer();
            assertThat(other).isNotSameAs(first);
            digest.update(other, other.length);
        }

        CompletableFuture<byte[]> next = CompletableFuture.supplyAsync(() -> {
            try {
                return digest.buffer();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(next).isNotDone();
        tasks.remove().run();

        assertThat(next.get(10, TimeUnit.SECONDS)).isSameAs(first);
    }
}
