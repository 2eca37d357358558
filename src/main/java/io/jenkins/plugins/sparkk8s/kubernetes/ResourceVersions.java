package io.jenkins.plugins.sparkk8s.kubernetes;

import java.util.OptionalLong;

/**
 * Order of resource versions, compared as unsigned numbers as Spark does for its polls
 * ({@code ExecutorPodsPollingSnapshotSource}). A version that is no number has no order, and is never taken for newer.
 */
public final class ResourceVersions {
    private ResourceVersions() {}

    public static boolean isNewer(String version, String than) {
        OptionalLong left = parse(version);
        OptionalLong right = parse(than);
        return left.isPresent() && right.isPresent() && Long.compareUnsigned(left.getAsLong(), right.getAsLong()) > 0;
    }

    private static OptionalLong parse(String version) {
        if (version == null || version.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(version));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
