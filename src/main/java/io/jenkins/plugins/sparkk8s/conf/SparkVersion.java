package io.jenkins.plugins.sparkk8s.conf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Spark release of the container image, on which labels, ports, objects, access modes and defaults depend. A release
 * newer than those known here is treated as the newest known one.
 *
 * @param text as the user wrote it, for example {@code 4.2.0}; becomes the pod's {@code spark-version} label
 */
public record SparkVersion(String text, int major, int minor) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\.[0-9A-Za-z_.-]{0,40}[0-9A-Za-z])?");
    private static final int OLDEST_MAJOR = 3;
    private static final int OLDEST_MINOR = 5;
    private static final int NEWEST_MAJOR = 4;
    private static final int NEWEST_MINOR = 3;

    /** @throws ConfigurationException when it is no version, or older than 3.5 */
    public static SparkVersion parse(String text) {
        return find(text)
                .orElseThrow(() -> new ConfigurationException(
                        "The value '%s' of %s is not a supported Spark version. Use %d.%d or a newer release, such as %s."
                                .formatted(
                                        text,
                                        KubernetesOptions.SUBMIT_SPARK_VERSION.key(),
                                        OLDEST_MAJOR,
                                        OLDEST_MINOR,
                                        KubernetesOptions.SUBMIT_SPARK_VERSION
                                                .defaultText()
                                                .orElseThrow())));
    }

    /** The version of a text; empty when it is none, or older than 3.5. */
    public static Optional<SparkVersion> find(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        return matcher.matches()
                ? Optional.of(new SparkVersion(
                                text.trim(), Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                        .filter(version -> version.atLeast(OLDEST_MAJOR, OLDEST_MINOR))
                : Optional.empty();
    }

    /**
     * The release of an application's image: as configured, else as the tag of the driver's image has it, else the default.
     *
     * @throws ConfigurationException when the configured one is no version, or older than 3.5
     */
    public static SparkVersion of(SparkConf conf) {
        if (conf.contains(KubernetesOptions.SUBMIT_SPARK_VERSION)) {
            return parse(conf.get(KubernetesOptions.SUBMIT_SPARK_VERSION));
        }
        return ofImages(conf).orElseGet(() -> parse(conf.get(KubernetesOptions.SUBMIT_SPARK_VERSION)));
    }

    /** The release that the tag of the driver's image, or else that of the common image, names; empty when neither does. */
    public static Optional<SparkVersion> ofImages(SparkConf conf) {
        return conf.get(KubernetesOptions.DRIVER_CONTAINER_IMAGE.key())
                .flatMap(ImageTag::sparkVersion)
                .or(() -> conf.get(KubernetesOptions.CONTAINER_IMAGE.key()).flatMap(ImageTag::sparkVersion));
    }

    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    /** Whether the release is of the other's line or of a later one. */
    boolean reaches(SparkVersion other) {
        return atLeast(other.major, other.minor);
    }

    /** Whether the release is of a line that came after all known ones. */
    public boolean isNewerThanKnown() {
        return atLeast(NEWEST_MAJOR, NEWEST_MINOR + 1);
    }

    /** The newest line known, which a newer one is treated as; such as {@code 4.3}. */
    public static String newestKnownLine() {
        return NEWEST_MAJOR + "." + NEWEST_MINOR;
    }

    /** Major and minor number, such as {@code 4.2}. */
    public String line() {
        return major + "." + minor;
    }

    public boolean isOfLine(SparkVersion other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public String toString() {
        return text;
    }
}
