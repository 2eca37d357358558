package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.staging.store.Ranges;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/**
 * How a file is divided for S3, which takes 10,000 parts of 5 MiB to 5 GiB at most.
 *
 * @param size of the file in bytes
 * @param part of each but the last, in bytes
 */
record S3PartSizes(long size, long part) {
    private static final long MIB = Ranges.STEP;

    /** Up to this one request is enough; else four are sent at once. */
    private static final long WHOLE = 32 * MIB;

    private static final long LEAST = 16 * MIB;
    private static final long MOST = 64 * MIB;
    private static final long LEAST_OF_S3 = 5 * MIB;
    private static final int MOST_PARTS = 10_000;
    private static final int AT_ONCE = 4;

    /**
     * Those of a file.
     *
     * @param configuration whose part size is taken when a user has set one: a proxy may accept no larger requests
     * @param divides whether the server knows parts at all
     */
    static S3PartSizes of(long size, Configuration configuration, boolean divides) {
        if (!divides) {
            return new S3PartSizes(size, size);
        }
        String set = configuration.get(HadoopConfigurations.S3A_PART, HadoopConfigurations.S3A_PART_OF_STREAMS);
        boolean own = !set.equals(HadoopConfigurations.S3A_PART_OF_STREAMS);
        long wanted = own
                ? Math.max(LEAST_OF_S3, configuration.getLongBytes(HadoopConfigurations.S3A_PART, MOST) / MIB * MIB)
                : Math.min(MOST, Math.max(LEAST, steps(size, AT_ONCE)));
        if (size <= (own ? wanted : WHOLE)) {
            return new S3PartSizes(size, size);
        }
        return new S3PartSizes(size, Math.max(wanted, steps(size, MOST_PARTS)));
    }

    /** So many equal parts, rounded up to whole steps. */
    private static long steps(long size, int parts) {
        long equal = (size + parts - 1) / parts;
        return (equal + MIB - 1) / MIB * MIB;
    }

    /** What one request with a part may take: what does not move is noticed long before. */
    static Duration timeout(Configuration configuration) {
        return Duration.ofMillis(configuration.getTimeDuration(
                HadoopConfigurations.S3A_PART_TIMEOUT, 24, TimeUnit.HOURS, TimeUnit.MILLISECONDS));
    }

    int count() {
        return (int) ((size + part - 1) / part);
    }

    /** @param index from 0 */
    long offset(int index) {
        return index * part;
    }

    long length(int index) {
        return Math.min(part, size - offset(index));
    }
}
