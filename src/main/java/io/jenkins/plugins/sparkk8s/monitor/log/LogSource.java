package io.jenkins.plugins.sparkk8s.monitor.log;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Where a container's log is read from, each line with its timestamp. */
interface LogSource {

    /**
     * Begins to read; returns at once.
     *
     * @return to break the read off
     */
    Transfer open(Query query, Receiver receiver);

    /** How a user reads the log by hand. */
    String command(String container);

    /**
     * What is asked for.
     *
     * @param container of the pod; null when it has only one
     * @param sinceTime RFC 3339 in whole seconds, inclusive; null for the whole log
     * @param follow whether the answer continues while the container runs
     * @param tailLines how many of the last lines; null for all
     * @param limitBytes the most that is sent; null for all
     * @param timeout after which the transfer fails, whatever has come
     */
    record Query(
            String container,
            String sinceTime,
            boolean follow,
            Integer tailLines,
            Integer limitBytes,
            Duration timeout) {}

    /** Takes a log as it comes. Never called by two threads at a time. */
    interface Receiver {
        /** May block, and then the API server has to wait. */
        void bytes(ByteBuffer bytes);

        /**
         * The last call, exactly once. Must not block.
         *
         * @param failure null when the answer is whole; a {@link java.util.concurrent.CancellationException} after
         *     {@link Transfer#cancel}
         */
        void ended(RuntimeException failure);
    }

    /** A read under way. Thread-safe. */
    interface Transfer {
        /** Hands on no more of what comes; does not wait, not even for a receiver that blocks. */
        void cancel();
    }
}
