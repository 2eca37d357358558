package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;

/**
 * What becomes of the lines of a driver's log.
 *
 * @param mode how many of them are shown
 * @param shown how far an earlier reader has shown the log
 * @param files where all of them are kept
 * @param observer is given each line that is new to the output or to the files; must be quick
 */
public record LogDestinations(DriverLogMode mode, LogCursor shown, LogFiles files, Observer observer) {
    /** Reads along. */
    public interface Observer {
        /**
         * @param text as it was written
         * @param reached how far the log is with it; it has the time of the line, as far as that is known
         */
        void line(String text, LogCursor reached);
    }

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
