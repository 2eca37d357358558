package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the logs of an application's containers beside the log of its build. What cannot be written is given up with one
 * line that says so; it never fails a build. Thread-safe.
 */
public final class BuildLogFiles implements LogFiles {
    private static final Logger LOGGER = Logger.getLogger(BuildLogFiles.class.getName());
    private static final int MOST_EXECUTOR_BYTES = 1024 * 1024;

    private final LogFolder folder;
    private final Executor disk;
    private final Consumer<String> warnings;
    private final Runnable unwritten;
    private final DriverLogFile driver;
    private final Set<Long> executors = new HashSet<>();
    private boolean isBroken;

    /**
     * May take as long as reading the files takes.
     *
     * @param disk runs what writes the logs of executors
     * @param warnings takes a line for the user
     * @param unwritten is called for each line of the driver, which then is in memory; quick
     */
    public BuildLogFiles(LogFolder folder, Executor disk, Consumer<String> warnings, Runnable unwritten) {
        this(folder, disk, warnings, unwritten, DriverLogFile.Limits.ORDINARY);
    }

    BuildLogFiles(
            LogFolder folder,
            Executor disk,
            Consumer<String> warnings,
            Runnable unwritten,
            DriverLogFile.Limits limits) {
        this.folder = folder;
        this.disk = disk;
        this.warnings = warnings;
        this.unwritten = unwritten;
        this.driver = new DriverLogFile(folder, limits);
        folder.executorIds().forEach(executors::add);
        try {
            driver.resume();
        } catch (IOException e) {
            broken(e);
        }
    }

    @Override
    public boolean areKept() {
        return true;
    }

    @Override
    public synchronized LogCursor driverReached() {
        return driver.written();
    }

    @Override
    public void driverLine(String text, LogCursor reached) {
        write(() -> driver.line(text, reached));
        unwritten.run();
    }

    /** Whether there are lines that have waited long enough; false while some are being written. Never waits. */
    public boolean areDue() {
        return driver.isDue();
    }

    /** Whether there are lines that are not written yet. Never waits. */
    public boolean haveUnwritten() {
        return driver.hasUnwritten();
    }

    /** Writes what is still in memory. */
    public void flush() {
        write(driver::flush);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing writing) {
        IOException problem = null;
        synchronized (this) {
            if (isBroken) {
                return;
            }
            try {
                writing.run();
            } catch (IOException e) {
                isBroken = true;
                problem = e;
            }
        }
        if (problem != null) {
            broken(problem);
        }
    }

    private void broken(IOException e) {
        synchronized (this) {
            isBroken = true;
        }
        LOGGER.log(Level.FINE, e, () -> "The logs of " + folder.path() + " are no longer kept");
        if (!(e instanceof NoSuchFileException)) {
            warnings.accept(
                    "WARNING: the driver's log is no longer kept as a file of the build: %s. Check the disk of the controller."
                            .formatted(e.getMessage()));
        }
    }

    @Override
    public synchronized int executorLogs() {
        return executors.size();
    }

    @Override
    public synchronized boolean hasExecutorLog(long id) {
        return executors.contains(id);
    }

    @Override
    public synchronized ExecutorLog executorLog(long id) {
        executors.add(id);
        return new ExecutorFile(id);
    }

    private synchronized void giveUp(long id) {
        executors.remove(id);
    }

    private final class ExecutorFile implements ExecutorLog {
        private final long id;
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

        ExecutorFile(long id) {
            this.id = id;
        }

        @Override
        public void line(String text) {
            if (lines.size() < MOST_EXECUTOR_BYTES) {
                lines.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                lines.write('\n');
            }
        }

        @Override
        public void end(boolean isRead) {
            if (!isRead || lines.size() == 0) {
                giveUp(id);
                return;
            }
            byte[] member =
                    LogMember.of(lines.toByteArray(), LogCursor.beginning()).bytes();
            try {
                disk.execute(() -> write(member));
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "The controller is shutting down; the next one may read the log again.", e);
                giveUp(id);
            }
        }

        private void write(byte[] member) {
            try {
                LogFileFolder.create(folder);
                Path file = folder.executor(id);
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                Files.write(fresh, member);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                giveUp(id);
                LOGGER.log(Level.WARNING, e, () -> "The log of executor " + id + " cannot be kept");
            }
        }
    }
}
