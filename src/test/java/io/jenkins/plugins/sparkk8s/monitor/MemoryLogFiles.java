package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Log files that a test can look at, and from which the last lines can be taken as a crash does. */
final class MemoryLogFiles implements LogFiles {
    final List<String> driver = Collections.synchronizedList(new ArrayList<>());
    final Map<Long, List<String>> executors = new ConcurrentSkipListMap<>();
    private final List<LogCursor> cursors = Collections.synchronizedList(new ArrayList<>());

    /** The crash of a controller takes what was not on the disk yet. */
    void lose(int lines) {
        for (int i = 0; i < lines; i++) {
            driver.remove(driver.size() - 1);
            cursors.remove(cursors.size() - 1);
        }
    }

    @Override
    public boolean areKept() {
        return true;
    }

    @Override
    public LogCursor driverReached() {
        return cursors.isEmpty() ? LogCursor.beginning() : cursors.get(cursors.size() - 1);
    }

    @Override
    public void driverLine(String text, LogCursor reached) {
        cursors.add(reached);
        driver.add(text);
    }

    @Override
    public int executorLogs() {
        return executors.size();
    }

    @Override
    public boolean hasExecutorLog(long id) {
        return executors.containsKey(id);
    }

    @Override
    public ExecutorLog executorLog(long id) {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        executors.put(id, lines);
        return new ExecutorLog() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void end(boolean isRead) {
                if (!isRead) {
                    executors.remove(id);
                }
            }
        };
    }
}
