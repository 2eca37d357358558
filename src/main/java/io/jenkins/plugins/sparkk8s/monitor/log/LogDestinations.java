package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import java.util.function.Consumer;

/**
 * What becomes of the lines of a driver's log.
 *
 * @param mode how many of them are shown
 * @param shown how far an earlier reader has shown the log
 * @param files where all of them are kept
 * @param observer is given each line that is new to the output or to the files, as it was written; must be quick
 */
public record LogDestinations(DriverLogMode mode, LogCursor shown, LogFiles files, Consumer<String> observer) {

    /** Whether the log is to be read at all. */
    public boolean areAny() {
        return mode != DriverLogMode.NONE || files.areKept();
    }

    /** Where reading begins, so that none of them lacks a line. */
    LogCursor start() {
        if (!files.areKept()) {
            return shown;
        }
        LogCursor kept = files.driverReached();
        return mode == DriverLogMode.NONE || shown.covers(kept) ? kept : shown;
    }
}
