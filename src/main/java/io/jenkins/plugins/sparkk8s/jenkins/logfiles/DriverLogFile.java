package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The file of a driver's log, which is written in whole members: a controller that is killed at any moment leaves one that the
 * next continues exactly, since the file itself says how far it reaches. No file is held open and no thread is needed. Not
 * thread-safe, but for {@link #isDue}.
 */
final class DriverLogFile {
    private static final int MEMBER_BYTES = 32 * 1024;
    private static final long FLUSH_NANOS = 10_000_000_000L;

    private final LogFolder folder;
    private final Limits limits;
    private ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private LogCursor reached = LogCursor.beginning();
    private LogCursor written = LogCursor.beginning();
    /** When the oldest line in memory came; 0 when there is none. Volatile for readers on other threads. */
    private volatile long firstNanos;

    private int part;
    private long partBytes;

    /**
     * How large the file may be, compressed.
     *
     * @param begin bytes of the first part
     * @param end bytes of each later one
     * @param parts how many of the later ones are kept
     */
    record Limits(long begin, long end, int parts) {
        static final Limits ORDINARY = new Limits(8L * 1024 * 1024, 4L * 1024 * 1024, 3);
    }

    DriverLogFile(LogFolder folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Finds out how far an earlier controller has kept the log; before any line. */
    void resume() throws IOException {
        List<Integer> parts = folder.driverParts();
        for (int i = parts.size() - 1; i >= 0; i--) {
            Path file = folder.driverPart(parts.get(i));
            LogFolder.End end = LogFolder.end(file);
            cut(file, end.length());
            if (i == parts.size() - 1) {
                part = parts.get(i);
                partBytes = end.length();
            }
            if (end.length() > 0) {
                written = end.reached();
                break;
            }
        }
        reached = written;
    }

    private static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > length) {
                channel.truncate(length);
            }
        }
    }

    /** How far the log is in the file. */
    LogCursor written() {
        return written;
    }

    void line(String text, LogCursor upTo) throws IOException {
        if (firstNanos == 0) {
            firstNanos = Math.max(1, System.nanoTime());
        }
        lines.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        lines.write('\n');
        reached = upTo;
        if (lines.size() >= MEMBER_BYTES) {
            flush();
        }
    }

    /** May be called by any thread. */
    boolean hasUnwritten() {
        return firstNanos != 0;
    }

    /** Whether there are lines that have waited long enough for others. May be called by any thread. */
    boolean isDue() {
        long first = firstNanos;
        return first != 0 && System.nanoTime() - first >= FLUSH_NANOS;
    }

    void flush() throws IOException {
        firstNanos = 0;
        if (lines.size() == 0) {
            return;
        }
        LogMember member = LogMember.of(lines.toByteArray(), reached);
        lines = new ByteArrayOutputStream();
        if (partBytes > 0 && partBytes + member.bytes().length > (part == 0 ? limits.begin() : limits.end())) {
            part++;
            partBytes = 0;
        }
        LogFileFolder.create(folder);
        Files.write(folder.driverPart(part), member.bytes(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        partBytes += member.bytes().length;
        written = reached;
        if (part > limits.parts()) {
            Files.deleteIfExists(folder.driverPart(part - limits.parts()));
        }
    }
}
