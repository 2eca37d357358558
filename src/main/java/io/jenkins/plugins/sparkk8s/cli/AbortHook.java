package io.jenkins.plugins.sparkk8s.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end in order when the process is asked to end (Ctrl-C, or an aborted build): interrupts the running thread
 * and gives it time to clean up. A run that has ended is no longer touched.
 */
final class AbortHook {
    /** Longer than deleting a driver and some uploads takes, shorter than a user who aborts is likely to wait. */
    private static final long CLEAN_UP_SECONDS = 25;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private AbortHook(Thread running) {
        this.hook = new Thread(() -> abort(running), "abort");
    }

    /** For the calling thread. */
    static AbortHook install() {
        AbortHook abort = new AbortHook(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(abort.hook);
        return abort;
    }

    private void abort(Thread running) {
        if (ended.getCount() == 0) {
            return;
        }
        running.interrupt();
        try {
            ended.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended, and cleaned up if it had to. */
    void runEnded() {
        ended.countDown();
    }
}
