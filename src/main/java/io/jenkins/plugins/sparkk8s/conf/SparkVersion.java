package io.jenkins.plugins.sparkk8s.conf;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Spark release of the container image, on which labels, ports, access modes and defaults depend.
 *
 * @param text as the user wrote it, for example {@code 4.1.1}; becomes the pod's {@code spark-version} label
 */
public record SparkVersion(String text, int major, int minor) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\.[0-9A-Za-z_.-]{0,40}[0-9A-Za-z])?");

    /** @throws ConfigurationException when it is no version, or of a line that is not supported (3.5, 4.0 and 4.1 are) */
    public static SparkVersion parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (matcher.matches()) {
            SparkVersion version = new SparkVersion(
                    text.trim(), Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            if (version.supported()) {
                return version;
            }
        }
        throw new ConfigurationException(
                "The value '%s' of %s is not a supported Spark version. Use 3.5.x, 4.0.x or 4.1.x."
                        .formatted(text, KubernetesOptions.SUBMIT_SPARK_VERSION.key()));
    }

    private boolean supported() {
        return major == 3 && minor == 5 || major == 4 && minor <= 1;
    }

    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    @Override
    public String toString() {
        return text;
    }
}
