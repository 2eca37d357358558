package io.jenkins.plugins.sparkk8s.application;

import java.io.Serializable;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Everything about one submission that is random or comes from the clock, generated once and before anything is
 * touched: a repeat with the same identity makes the very same names, so it finds what the first try made.
 *
 * @param applicationId {@code spark-} and 32 hex digits
 * @param nameId ends the resource name prefix, 16 hex digits ({@code KubernetesUtils.uniqueID})
 * @param configMapId stands in the name of the driver ConfigMap
 * @param serviceId stands in the name of the driver Service when the preferred one is too long
 * @param localDirId UUID in the default scratch directory
 * @param submitTimeMillis becomes {@code spark.app.submitTime}
 */
public record ApplicationIdentity(
        String applicationId,
        String nameId,
        String configMapId,
        String serviceId,
        String localDirId,
        long submitTimeMillis)
        implements Serializable {

    private static final long LOW_FORTY_BITS = 0xFFFFFFFFFFL;
    /** Version 4 in the bits where RFC 9562 has it. */
    private static final long RANDOM_UUID_VERSION = 4L << 12;

    private static final long UUID_VARIANT = 2L << 62;

    public static ApplicationIdentity create(SecureRandom random, Clock clock) {
        long now = clock.millis();
        return new ApplicationIdentity(
                "spark-" + randomUuid(random).toString().replace("-", ""),
                uniqueId(random, now),
                uniqueId(random, now),
                uniqueId(random, now),
                randomUuid(random).toString(),
                now);
    }

    private static String uniqueId(SecureRandom random, long now) {
        byte[] bytes = new byte[3];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes) + Long.toHexString(now & LOW_FORTY_BITS);
    }

    private static UUID randomUuid(SecureRandom random) {
        long high = random.nextLong() & ~0xF000L | RANDOM_UUID_VERSION;
        long low = random.nextLong() & ~(3L << 62) | UUID_VARIANT;
        return new UUID(high, low);
    }
}
