package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;

/**
 * The lines about what of a driver's log is not shown: how much or since when, why, and how to read it. Thread-safe.
 *
 * @param to where the log itself goes
 * @param command by which a user reads the log by hand
 */
record LogNotices(EventLines lines, LogDestinations to, String command) {

    /** Reads are refused for now. */
    void refused(RuntimeException e) {
        show("the driver's log is not shown: %s; retrying. %s".formatted(ApiFailure.describe(e), howToRead(null)));
    }

    /** Where no line of the log is wanted, neither is one about it. */
    private void show(String text) {
        if (to.mode() != DriverLogMode.NONE) {
            lines.spark(text);
        }
    }

    private void showAtEnd(String text, LogCursor reached) {
        show(text);
        to.files().driverLine(lines.printable("[spark] " + text), reached);
    }

    /** Of the problems that the log reports, some were not shown. */
    void leftOut(long number) {
        show("%d more warnings and errors of the driver are not shown, since there are so many. %s"
                .formatted(number, to.files().areKept() ? "The file of the driver's log has them." : howToRead(null)));
    }

    /** Reads have failed for a while. */
    void failing(RuntimeException e, LogCursor shown) {
        show("the driver's log cannot be read now: %s; retrying, and continuing %s"
                .formatted(
                        ApiFailure.describe(e),
                        shown.time() == null ? "from its first line on" : "after the line of " + shown.time()));
    }

    /** The log file that was being read is no longer there. */
    String rotated(Instant after, Instant next) {
        return "lines of the driver's log between %s and %s may be missing: the log file was rotated on the node. %s"
                .formatted(after, next, howToRead(after));
    }

    /** Lines were left out on purpose, to catch up. */
    String behind(Instant after, Instant next) {
        return "lines of the driver's log between %s and %s are left out: the driver writes faster than this log can be written. %s"
                .formatted(after, next, howToRead(after));
    }

    /** The driver has ended, and the rest of its log cannot be read. */
    void incomplete(LogCursor shown, RuntimeException cause) {
        String what = shown.time() == null
                ? "no line of the driver's log could be read"
                : "lines of the driver's log after %s may be missing".formatted(shown.time());
        showAtEnd("%s: %s. %s".formatted(what, cause(cause), howToRead(cause, shown.time())), shown);
    }

    /** The log was rotated after the last line that was read, and the new file is empty. */
    void rotatedAtEnd(LogCursor shown) {
        showAtEnd(
                "lines of the driver's log after %s may be missing: the log file was rotated on the node. %s"
                        .formatted(shown.time(), howToRead(shown.time())),
                shown);
    }

    private static String cause(RuntimeException cause) {
        return ApiFailure.code(cause) == HttpURLConnection.HTTP_NOT_FOUND
                ? "the driver pod has been deleted (404)"
                : ApiFailure.describe(cause);
    }

    private String howToRead(RuntimeException cause, Instant since) {
        return ApiFailure.code(cause) == HttpURLConnection.HTTP_NOT_FOUND
                ? "A deleted pod's log is kept only where the cluster collects logs; before, it is read with: "
                        + command
                : howToRead(since);
    }

    private String howToRead(Instant since) {
        return "Read it with: " + command + (since == null ? "" : " --since-time=" + since);
    }

    /** What a read that brought nothing for too long counts as. */
    static RuntimeException silent(Duration limit) {
        return new IllegalStateException("no byte came for %s".formatted(Durations.format(limit)));
    }

    /** What the kubelet answers instead of a log. */
    static RuntimeException kubelet(String words) {
        return new IllegalStateException("the kubelet answered: " + words);
    }
}
