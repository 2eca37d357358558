package io.jenkins.plugins.sparkk8s.jenkins.threads;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for each key, for as long as it is held or waited for; different keys never wait for each other. */
public final class KeyedLocks {
    private final Map<Object, Counted> locks = new HashMap<>();

    private static final class Counted {
        private final Lock lock = new ReentrantLock();
        private int users;
    }

    /** @throws InterruptedException when the thread is interrupted while it waits for the lock, or by the work */
    public <T> T call(Object key, Work<T> work) throws IOException, InterruptedException {
        Counted counted = enter(key);
        try {
            counted.lock.lockInterruptibly();
            try {
                return work.call();
            } finally {
                counted.lock.unlock();
            }
        } finally {
            leave(key, counted);
        }
    }

    /** What is done while the lock is held. */
    public interface Work<T> {
        T call() throws IOException, InterruptedException;
    }

    private synchronized Counted enter(Object key) {
        Counted counted = locks.computeIfAbsent(key, one -> new Counted());
        counted.users++;
        return counted;
    }

    private synchronized void leave(Object key, Counted counted) {
        counted.users--;
        if (counted.users == 0) {
            locks.remove(key);
        }
    }
}
