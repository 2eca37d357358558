package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import io.jenkins.plugins.sparkk8s.monitor.progress.TaskTimes;

/**
 * How long the tasks of one stage took: counts in buckets whose bounds are at most an eighth apart, so that a stage of a million
 * tasks takes a kilobyte. Not thread-safe.
 */
final class TaskDurations {
    /** Buckets for each power of two; less than that many milliseconds have one each. */
    private static final int PARTS = 8;

    private static final int PART_BITS = 3;
    private static final int MOST_BITS = 40;

    private final int[] counts = new int[(MOST_BITS - PART_BITS + 1) * PARTS];
    private long tasks;
    private long longest;

    void add(long millis) {
        long time = Math.min(Math.max(0, millis), (1L << MOST_BITS) - 1);
        counts[bucket(time)]++;
        tasks++;
        longest = Math.max(longest, time);
    }

    private static int bucket(long time) {
        if (time < PARTS) {
            return (int) time;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(time) - PART_BITS;
        return (shift + 1) * PARTS + (int) (time >> shift) - PARTS;
    }

    /** The longest time that is counted in a bucket. */
    private static long upper(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        return ((long) (bucket % PARTS + PARTS + 1) << shift) - 1;
    }

    /** With a median that is at most an eighth too large. */
    TaskTimes times(int stage) {
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (2 * seen >= tasks) {
                return new TaskTimes(stage, Math.min(upper(i), longest), longest);
            }
        }
        return new TaskTimes(stage, longest, longest);
    }
}
