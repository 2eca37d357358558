package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.util.Optional;

/**
 * Compares the release that the driver logs at its start with the one that its objects were made for; another line is a
 * warning behind that line of the log. Called by one thread at a time.
 */
final class ReportedVersion implements ApplicationOutput {
    /** Of {@code SparkContext}, in the plain and in the structured form of a log. */
    private static final String ANNOUNCEMENT = "Running Spark version ";

    private static final int LONGEST_VERSION = 40;

    private final ApplicationOutput output;
    private final SparkVersion expected;
    private boolean isKnown;

    ReportedVersion(ApplicationOutput output, SparkConf conf) {
        this.output = output;
        this.expected = SparkVersion.of(conf);
    }

    @Override
    public void line(String line) {
        output.line(line);
    }

    @Override
    public void logLine(String line, LogCursor reached) {
        output.logLine(line, reached);
        if (!isKnown) {
            Optional<SparkVersion> reported = version(line);
            isKnown = reported.isPresent();
            reported.filter(version -> !version.isOfLine(expected)).ifPresent(version -> output.line(warning(version)));
        }
    }

    private static Optional<SparkVersion> version(String line) {
        int start = line.indexOf(ANNOUNCEMENT) + ANNOUNCEMENT.length();
        if (start < ANNOUNCEMENT.length()) {
            return Optional.empty();
        }
        int end = start;
        while (end < line.length() && end - start < LONGEST_VERSION && isOfVersion(line.charAt(end))) {
            end++;
        }
        return SparkVersion.find(line.substring(start, end));
    }

    private static boolean isOfVersion(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '-';
    }

    private String warning(SparkVersion reported) {
        return "[spark] WARNING: the image has Spark %s, but the driver was submitted as Spark %s, whose labels, ports and defaults can differ. Set %s to %s."
                .formatted(reported, expected, KubernetesOptions.SUBMIT_SPARK_VERSION.key(), reported);
    }
}
