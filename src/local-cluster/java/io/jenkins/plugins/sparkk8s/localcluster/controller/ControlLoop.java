package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs a reconciliation on one thread: soon after each {@link #wake}, and from time to time without. A refusal or the
 * absence of the API server only leads to the next round.
 */
final class ControlLoop implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(ControlLoop.class.getName());
    private static final Duration IDLE_ROUND = Duration.ofSeconds(1);

    private final Runnable reconciliation;
    private final Semaphore wake = new Semaphore(1);
    private final Thread thread;
    private volatile boolean closed;

    ControlLoop(String name, Runnable reconciliation) {
        this.reconciliation = reconciliation;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (!closed) {
                if (wake.tryAcquire(IDLE_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                reconcile();
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINEST, "Closed", e);
        }
    }

    private void reconcile() {
        try {
            reconciliation.run();
        } catch (KubernetesClientException e) {
            LOGGER.log(Level.FINE, e, () -> thread.getName() + " waits for the API server");
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
