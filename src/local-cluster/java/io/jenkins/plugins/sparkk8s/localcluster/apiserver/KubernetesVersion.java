package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of Kubernetes that a server passes for, and what it decides. Each question names the minor version from
 * which on the answer is yes.
 *
 * @param minor the number after {@code 1.}
 * @param dualStack whether Services may have addresses of IPv6 beside those of IPv4
 */
public record KubernetesVersion(int minor, boolean dualStack) {

    /** The version whose answers the server was compared with. */
    static final KubernetesVersion DEFAULT = new KubernetesVersion(36, false);

    private static final int OLDEST = 20;
    private static final Pattern TEXT = Pattern.compile("v?1\\.([0-9]{2})(\\..*)?");

    /**
     * Reads a version such as {@code 1.27} or {@code v1.27.3}.
     *
     * @throws IllegalArgumentException when it is not a version from 1.20 on
     */
    public static KubernetesVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version of Kubernetes; write 1.27 or another from 1." + OLDEST + " on");
        }
        return new KubernetesVersion(Integer.parseInt(matcher.group(1)), false);
    }

    /** The same version of a cluster whose network has both families of addresses. */
    KubernetesVersion withDualStack() {
        return new KubernetesVersion(minor, true);
    }

    String git() {
        return "v1." + minor + ".0";
    }

    /** The names of Services may begin with a digit. */
    boolean relaxedServiceNames() {
        return minor >= 36;
    }

    /** The names of environment variables may have any printable character but {@code =}. */
    boolean relaxedEnvironmentNames() {
        return minor >= 32;
    }

    /** Pods count the changes of their spec. */
    boolean podGeneration() {
        return minor >= 33;
    }

    /** A watch may send what exists and mark the end of it. */
    boolean initialEventsOfAWatch() {
        return minor >= 32;
    }

    /** Namespaces may enforce a Pod Security level; before, there were PodSecurityPolicies only. */
    boolean podSecurity() {
        return minor >= 23;
    }

    /** A claim may be reserved for one pod. */
    boolean readWriteOncePod() {
        return minor >= 27;
    }

    /** A user may ask who they are. */
    boolean selfSubjectReviews() {
        return minor >= 28;
    }
}
