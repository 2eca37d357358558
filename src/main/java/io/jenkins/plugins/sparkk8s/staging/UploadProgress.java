package io.jenkins.plugins.sparkk8s.staging;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Says what was uploaded; while one file takes longer than a second, also how far it is and how fast. */
public final class UploadProgress implements StagingListener {
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Consumer<String> output;
    private final Clock clock;
    private Path current;
    private Instant started;
    private Instant nextLine;

    /** @param output takes one line at a time */
    public UploadProgress(Consumer<String> output, Clock clock) {
        this.output = output;
        this.clock = clock;
    }

    @Override
    public void progress(Path file, long sentBytes, long totalBytes) {
        Instant now = clock.instant();
        if (!file.equals(current)) {
            current = file;
            started = now;
            nextLine = now.plus(QUIET);
        }
        if (sentBytes < totalBytes && !now.isBefore(nextLine)) {
            nextLine = now.plus(BETWEEN_LINES);
            output.accept("[upload] %s: %s of %s (%d %%, %s)"
                    .formatted(
                            file.getFileName(),
                            ByteSizes.readable(sentBytes),
                            ByteSizes.readable(totalBytes),
                            100 * sentBytes / totalBytes,
                            rate(sentBytes, now)));
        }
    }

    @Override
    public void uploaded(Path file, String target, long bytes) {
        Instant now = clock.instant();
        boolean slow = file.equals(current) && Duration.between(started, now).compareTo(QUIET) >= 0;
        output.accept("[upload] %s → %s (%s%s)"
                .formatted(file.getFileName(), target, ByteSizes.readable(bytes), slow ? ", " + rate(bytes, now) : ""));
        current = null;
    }

    private String rate(long bytes, Instant now) {
        long millis = Math.max(1, Duration.between(started, now).toMillis());
        return ByteSizes.readable(bytes * 1000 / millis) + "/s";
    }
}
