package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Changes executors at a steady rate, all applications in turn: one is deleted, some time later a new one takes its place,
 * and again later that one runs. So each third change is a deletion, and the others carry a stamp.
 */
final class PodChanges {
    private static final long TICK_MILLIS = 5;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private final PodStore store;
    private final Queue<Slot> deleted = new ArrayDeque<>();
    private final Queue<Slot> pending = new ArrayDeque<>();
    private double perTick;
    private double due;
    private long next;

    private record Slot(int application, int index, long since) {
        boolean isReady() {
            return System.nanoTime() - since >= STEP_NANOS;
        }

        Slot again() {
            return new Slot(application, index, System.nanoTime());
        }
    }

    PodChanges(PodStore store, ScheduledExecutorService scheduler) {
        this.store = store;
        scheduler.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param perSecond 0 to stop, with whatever is pending or deleted left as it is */
    synchronized void rate(int perSecond) {
        perTick = perSecond * TICK_MILLIS / (double) TimeUnit.SECONDS.toMillis(1);
        due = 0;
    }

    /** Replaces one executor of each application by one that runs, at once. */
    synchronized void replaceOneOfEach() {
        int slot = store.executorsEach() - 1;
        for (int application = 0; application < store.applications(); application++) {
            if (store.isRunning(application, slot)) {
                store.delete(application, slot);
                store.create(application, slot);
                store.run(application, slot);
            }
        }
    }

    private synchronized void tick() {
        for (due += perTick; due >= 1; due--) {
            change();
        }
    }

    private void change() {
        if (isReady(pending)) {
            Slot slot = pending.remove();
            store.run(slot.application(), slot.index());
        } else if (isReady(deleted)) {
            Slot slot = deleted.remove();
            store.create(slot.application(), slot.index());
            pending.add(slot.again());
        } else {
            deleteNext();
        }
    }

    private static boolean isReady(Queue<Slot> slots) {
        return !slots.isEmpty() && slots.element().isReady();
    }

    /** Nothing, when each executor is on its way already: the rate is too high for so few. */
    private void deleteNext() {
        int applications = store.applications();
        Slot slot = new Slot(
                Math.toIntExact(next % applications),
                Math.toIntExact(next / applications % store.executorsEach()),
                System.nanoTime());
        if (store.isRunning(slot.application(), slot.index())) {
            next++;
            store.delete(slot.application(), slot.index());
            deleted.add(slot);
        }
    }
}
