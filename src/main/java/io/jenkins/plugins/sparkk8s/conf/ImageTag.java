package io.jenkins.plugins.sparkk8s.conf;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Spark release in the name of an image.
 *
 * <p>Only of images named as Spark's own are: the tag of {@code acme/spark-jobs:4.1.0} is most likely a version of the
 * jobs.
 */
final class ImageTag {
    private static final Set<String> IMAGES_OF_SPARK = Set.of("spark", "spark-py", "spark-r", "pyspark", "sparkr");
    private static final Pattern RELEASE_FIRST =
            Pattern.compile("v?((\\d{1,2})\\.\\d{1,2}(\\.\\d{1,3}(-preview\\d)?)?)([-_+].*)?");
    /** Higher numbers are no release of Spark but a count of the image's own, such as a year. */
    private static final int HIGHEST_MAJOR = 5;

    private ImageTag() {}

    /** @param image such as {@code registry.example.com:5000/apache/spark:4.2.0-java21@sha256:…} */
    static Optional<SparkVersion> sparkVersion(String image) {
        String withoutDigest = image.strip().replaceFirst("@.*", "");
        String last = withoutDigest.substring(withoutDigest.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        if (colon < 0 || !IMAGES_OF_SPARK.contains(last.substring(0, colon))) {
            return Optional.empty();
        }
        Matcher matcher = RELEASE_FIRST.matcher(last.substring(colon + 1));
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= HIGHEST_MAJOR
                ? SparkVersion.find(matcher.group(1))
                : Optional.empty();
    }
}
