package io.jenkins.plugins.sparkk8s.monitor.output;

/**
 * Where the logs of an application's containers are kept as files, apart from the lines for the user. All texts are printable and
 * without secrets. Nothing here fails: what cannot be kept is reported by the implementation. Thread-safe.
 */
public interface LogFiles {

    /** Keeps nothing. */
    LogFiles NONE = new LogFiles() {
        @Override
        public boolean areKept() {
            return false;
        }

        @Override
        public LogCursor driverReached() {
            return LogCursor.beginning();
        }

        @Override
        public void driverLine(String text, LogCursor reached) {}

        @Override
        public int executorLogs() {
            return 0;
        }

        @Override
        public boolean hasExecutorLog(long id) {
            return false;
        }

        @Override
        public ExecutorLog executorLog(long id) {
            return ExecutorLog.NONE;
        }
    };

    /** Whether there is any use in reading a log for these files. */
    boolean areKept();

    /** How far the driver's log is kept; a log that is read again may begin there. */
    LogCursor driverReached();

    /**
     * The next line of the driver's log, or one that says what is missing of it. May block.
     *
     * @param reached how far the log is kept with this line
     */
    void driverLine(String text, LogCursor reached);

    /** Logs of executors that are kept, or are being written. */
    int executorLogs();

    boolean hasExecutorLog(long id);

    /** Begins the log of an executor that has failed. */
    ExecutorLog executorLog(long id);

    /** One log while it is read; not thread-safe. */
    interface ExecutorLog {
        ExecutorLog NONE = new ExecutorLog() {
            @Override
            public void line(String text) {}

            @Override
            public void end(boolean isRead) {}
        };

        void line(String text);

        /**
         * There are no more lines. Does not block.
         *
         * @param isRead false when the log could not be read: it is not kept then, and may be begun again
         */
        void end(boolean isRead);
    }
}
