package io.jenkins.plugins.sparkk8s.staging;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Closes a file system without waiting long for one that does not answer: HDFS tries to complete what was being written, and
 * others send statistics. What takes longer is left to end by itself, on a thread that does not keep the process alive.
 */
final class BoundedClose {
    private static final Logger LOGGER = Logger.getLogger(BoundedClose.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private BoundedClose() {}

    /** Also when this thread is interrupted, which it stays. What goes wrong is logged: all has been written or given up. */
    static void close(Closeable opened) {
        FutureTask<Void> closing = new FutureTask<>(() -> {
            opened.close();
            return null;
        });
        Thread thread = new Thread(closing, "spark-upload-close");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = Thread.interrupted();
        try {
            closing.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.FINE, e, () -> "Not closed: " + opened);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
