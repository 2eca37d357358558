package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A log on a disk that does not answer while the latch is closed. */
record LogGate(AtomicReference<CountDownLatch> latch, AtomicInteger stopped) {

    static LogGate open() {
        return new LogGate(new AtomicReference<>(new CountDownLatch(0)), new AtomicInteger());
    }

    OutputStream before(OutputStream file) {
        return new FilterOutputStream(file) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (latch.get().getCount() > 0) {
                    stopped.incrementAndGet();
                }
                try {
                    latch.get().await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                out.write(bytes, from, length);
            }
        };
    }
}
