package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.files.ByteSizes;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says what was uploaded; while all files together take longer than a second, also how far they are and how fast. Of many
 * files only the sum is reported.
 */
public final class UploadProgress implements StagingListener {
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final int MOST_LINES = 20;

    private final Consumer<String> output;
    private final Clock clock;
    private Instant started = Instant.EPOCH;
    private Instant nextLine = Instant.EPOCH;
    private int files;
    private int present;
    private long totalBytes;
    private int arrived;
    private long sentBytes;

    /** @param output takes one line at a time */
    public UploadProgress(Consumer<String> output, Clock clock) {
        this.output = output;
        this.clock = clock;
    }

    @Override
    public synchronized void started(int toSend, long bytes, int alreadyThere) {
        files = toSend;
        totalBytes = bytes;
        present = alreadyThere;
        started = clock.instant();
        nextLine = started.plus(QUIET);
        if (toSend == 0 && isMany()) {
            output.accept("[upload] all %d files are there already".formatted(alreadyThere));
        }
    }

    @Override
    public synchronized void sent(Path file, long bytes) {
        sentBytes += bytes;
        Instant now = clock.instant();
        if (sentBytes < totalBytes && !now.isBefore(nextLine)) {
            nextLine = now.plus(BETWEEN_LINES);
            String subject = files == 1 ? file.getFileName() + ":" : "%d of %d files,".formatted(arrived, files);
            output.accept("[upload] %s %s of %s (%d %%, %s/s, %d s left)"
                    .formatted(
                            subject,
                            ByteSizes.readable(sentBytes),
                            ByteSizes.readable(totalBytes),
                            100 * sentBytes / totalBytes,
                            ByteSizes.readable(rate(sentBytes, now)),
                            (totalBytes - sentBytes) / Math.max(1, rate(sentBytes, now)) + 1));
        }
    }

    @Override
    public synchronized void uploaded(Path file, String target, long bytes) {
        arrived++;
        Instant now = clock.instant();
        boolean slow = Duration.between(started, now).compareTo(QUIET) >= 0;
        if (!isMany()) {
            String rate = slow && files == 1 ? ", " + ByteSizes.readable(rate(bytes, now)) + "/s" : "";
            output.accept(
                    "[upload] %s → %s (%s%s)".formatted(file.getFileName(), target, ByteSizes.readable(bytes), rate));
        }
        if (arrived == files && (isMany() || slow && files > 1)) {
            output.accept("[upload] %d files, %s (%s/s)%s"
                    .formatted(
                            files,
                            ByteSizes.readable(totalBytes),
                            ByteSizes.readable(rate(totalBytes, now)),
                            present == 0
                                    ? ""
                                    : "; %d %s there already".formatted(present, present == 1 ? "was" : "were")));
        }
    }

    @Override
    public synchronized void present(Path file, String target, long bytes) {
        if (!isMany()) {
            output.accept("[upload] %s is there already: %s".formatted(file.getFileName(), target));
        }
    }

    @Override
    public synchronized void left(List<String> directories) {
        output.accept(
                "[upload] %s could not be removed within a second after the upload was cancelled. Remove it by hand if it stays."
                        .formatted(StagedArtifacts.names(directories)));
    }

    private boolean isMany() {
        return files + present > MOST_LINES;
    }

    /** Bytes per second. */
    private long rate(long bytes, Instant now) {
        return bytes * 1000 / Math.max(1, Duration.between(started, now).toMillis());
    }
}
