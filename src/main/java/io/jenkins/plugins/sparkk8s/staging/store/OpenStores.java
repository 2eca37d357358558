package io.jenkins.plugins.sparkk8s.staging.store;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Closes file systems without waiting long for one that does not answer: HDFS tries to complete what was being written, and
 * others send statistics. What takes longer is left to end by itself, on a thread that does not keep the process alive.
 *
 * <p>Closing also ends calls that wait for an answer, where a file system keeps connections of its own.
 */
final class OpenStores {
    private static final Logger LOGGER = Logger.getLogger(OpenStores.class.getName());

    private final List<Closing> closings = new CopyOnWriteArrayList<>();

    /** May be called on any thread; what is added once all have been closed is closed at once. */
    private final AtomicBoolean closed = new AtomicBoolean();

    private static final class Closing {
        private final Closeable opened;
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CountDownLatch ended = new CountDownLatch(1);

        Closing(Closeable opened) {
            this.opened = opened;
        }

        /** What goes wrong is logged: all has been written or given up. */
        void begin(Runnable before) {
            if (begun.getAndSet(true)) {
                return;
            }
            Thread thread = new Thread(
                    () -> {
                        try {
                            before.run();
                            opened.close();
                        } catch (Exception | LinkageError e) {
                            LOGGER.log(Level.FINE, e, () -> "Not closed: " + opened);
                        } finally {
                            ended.countDown();
                        }
                    },
                    "spark-upload-close");
            thread.setDaemon(true);
            thread.start();
        }
    }

    <T extends Closeable> T add(T opened) {
        Closing closing = new Closing(opened);
        closings.add(closing);
        if (closed.get()) {
            closing.begin(() -> {});
        }
        return opened;
    }

    /**
     * Begins to close them; returns at once.
     *
     * @param before is run before each is closed, on its own thread
     */
    void close(Runnable before) {
        closed.set(true);
        closings.forEach(closing -> closing.begin(before));
    }

    /** Waits until all are closed; not for long when this thread is interrupted, which it stays. */
    void await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Closing closing : closings) {
                if (!closing.ended.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
