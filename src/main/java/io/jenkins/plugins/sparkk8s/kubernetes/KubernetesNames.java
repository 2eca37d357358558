package io.jenkins.plugins.sparkk8s.kubernetes;

import java.util.Locale;
import java.util.regex.Pattern;

/** How names of objects and label values are made from the name of an application ({@code KubernetesConf.scala}). */
public final class KubernetesNames {
    private static final Pattern DNS_SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    private static final String CONFIG_MAP_SUFFIX = "-conf-map";
    private static final String CONF_SECRET_SUFFIX = "-conf-secret";

    /** {@code -exec-} and the longest number of an executor. */
    private static final int EXECUTOR_SUFFIX =
            6 + Integer.toString(Integer.MAX_VALUE).length();

    /** The longest prefix from which Spark makes names of executor pods ({@code isValidExecutorPodNamePrefix}). */
    public static final int LONGEST_EXECUTOR_PREFIX = Constants.DNS_SUBDOMAIN_MAX_LENGTH - EXECUTOR_SUFFIX;

    /** The longest name of an application from which Spark makes such a prefix: with a dash and 16 characters. */
    public static final int LONGEST_APP_NAME = LONGEST_EXECUTOR_PREFIX - 17;

    private KubernetesNames() {}

    /** What the names of an application's objects start with; as in Spark its length is not limited. */
    public static String resourceNamePrefix(String appName, String uniqueId) {
        return lowerCaseDashed(appName + "-" + uniqueId).replaceAll("^-", "").replaceAll("^[0-9]", "x");
    }

    /** The value of the {@code spark-app-name} label. */
    public static String appNameLabel(String appName) {
        String text = lowerCaseDashed(appName);
        String label = text.substring(0, Math.min(text.length(), Constants.DNS_LABEL_MAX_LENGTH));
        return label.replaceAll("^-", "").replaceAll("-$", "");
    }

    /** The name of a driver's ConfigMap. */
    public static String driverConfigMap(String uniqueId) {
        return ofDriver(uniqueId, CONFIG_MAP_SUFFIX);
    }

    /** The name of the Secret with a driver's properties. */
    public static String driverConfSecret(String uniqueId) {
        return ofDriver(uniqueId, CONF_SECRET_SUFFIX);
    }

    private static String ofDriver(String uniqueId, String suffix) {
        String prefix = "spark-drv-" + uniqueId;
        int room = Constants.DNS_SUBDOMAIN_MAX_LENGTH - suffix.length();
        return prefix.substring(0, Math.min(prefix.length(), room)) + suffix;
    }

    /** Whether the API server takes the name for a Pod, ConfigMap, Secret or PersistentVolumeClaim. */
    public static boolean isDnsSubdomain(String name) {
        return name.length() <= Constants.DNS_SUBDOMAIN_MAX_LENGTH
                && DNS_SUBDOMAIN.matcher(name).matches();
    }

    /** Whether the API server takes the name for a label, an annotation or a node selector. */
    public static boolean isQualifiedName(String name) {
        int slash = name.indexOf('/');
        String own = name.substring(slash + 1);
        return !own.isEmpty() && isLabelValue(own) && (slash < 0 || isDnsSubdomain(name.substring(0, slash)));
    }

    /** Whether the API server takes the value for a label or a node selector. */
    public static boolean isLabelValue(String value) {
        return value.length() <= Constants.DNS_LABEL_MAX_LENGTH
                && LABEL_VALUE.matcher(value).matches();
    }

    private static String lowerCaseDashed(String text) {
        return text.trim()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9\\-]", "-")
                .replaceAll("-+", "-");
    }
}
