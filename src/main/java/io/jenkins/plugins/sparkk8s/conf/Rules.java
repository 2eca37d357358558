package io.jenkins.plugins.sparkk8s.conf;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rules that more than one option, or one long rule, needs. */
final class Rules {
    static final List<String> ROLL_POLICIES = List.of(
            "ID",
            "ADD_TIME",
            "TOTAL_GC_TIME",
            "TOTAL_DURATION",
            "AVERAGE_DURATION",
            "FAILED_TASKS",
            "PEAK_JVM_ONHEAP_MEMORY",
            "PEAK_JVM_OFFHEAP_MEMORY",
            "TOTAL_SHUFFLE_WRITE",
            "DISK_USED",
            "OUTLIER",
            "OUTLIER_NO_FALLBACK");

    private static final Pattern DNS_SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    /** 253, the limit of a pod name, less room for {@code -exec-} and an id. */
    private static final int MAX_POD_NAME_PREFIX = 237;

    private Rules() {}

    static boolean positive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    static boolean positive(Integer number) {
        return number > 0;
    }

    static boolean podNamePrefix(String prefix) {
        return prefix.length() <= MAX_POD_NAME_PREFIX
                && DNS_SUBDOMAIN.matcher(prefix).matches();
    }

    static boolean dnsLabel(String name) {
        return DNS_LABEL.matcher(name).matches();
    }

    /** Spark takes whatever it does not know for a class; no allocator is in the package without a name. */
    static boolean allocator(String name) {
        return name.equals("direct")
                || name.equals("statefulset")
                || name.equals("deployment")
                || name.indexOf('.') > 0;
    }

    static boolean openRatio(Double ratio) {
        return ratio > 0 && ratio < 1;
    }

    static boolean ratio(Double ratio) {
        return ratio > 0 && ratio <= 1;
    }

    /** The periods of {@code ExecutorPVCResizePlugin}; 0 turns it off. */
    static boolean fiveMinuteSteps(Duration time) {
        return !time.isNegative() && time.toMinutes() % 5 == 0;
    }

    static boolean rollPolicy(String policy) {
        return ROLL_POLICIES.contains(policy.toUpperCase(Locale.ROOT));
    }
}
