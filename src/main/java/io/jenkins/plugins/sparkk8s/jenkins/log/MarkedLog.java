package io.jenkins.plugins.sparkk8s.jenkins.log;

import io.jenkins.plugins.sparkk8s.monitor.MonitorCheckpoint;
import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes the lines of one application to the build log so that a later controller continues exactly where they end, however
 * this one ends.
 *
 * <p>Invariants:
 * <ul>
 * <li>Each line carries a {@link LineMark}. The position in the driver's log and the position in the build log are one record: the
 *     line itself. What is in the log has been shown, what is not has not, whatever a checkpoint says of it.
 * <li>Lines are written in the order of the driver's log; so the last mark of the application says how far it is shown.
 * <li>All other lines are numbered. Of those after the number in the checkpoint, which may be written again because what they
 *     report was not in the checkpoint yet, each is left out once when it comes again. Of counts only the last matters.
 * <li>No written text is compared: others may change it. Lines are recognised by a digest of what was to be written.
 * </ul>
 */
public final class MarkedLog implements ApplicationOutput {
    private static final Logger LOGGER = Logger.getLogger(MarkedLog.class.getName());
    /** How the counts of {@code ApplicationMonitor} begin. */
    static final String COUNTS_LINE = "[spark] executors: ";

    private final ApplicationLog log;
    private final int application;
    private final List<Long> written = new ArrayList<>();
    private Long lastCounts;
    private int number;

    /** @param id of the application's record */
    public MarkedLog(ApplicationLog log, String id) {
        this.log = log;
        this.application = LineMark.key(id);
    }

    /**
     * Finds out what an earlier controller has written; before any line. May take as long as reading the log takes.
     *
     * @param earlier what that one had reported; empty when it left nothing
     * @return what has been reported by now; empty when nothing has
     */
    public synchronized Optional<MonitorCheckpoint> resume(Optional<CheckpointFile.Checkpoint> earlier) {
        WrittenLines found = new WrittenLines(
                application, earlier.map(CheckpointFile.Checkpoint::number).orElse(0));
        try (InputStream in =
                log.from(earlier.map(CheckpointFile.Checkpoint::offset).orElse(0L))) {
            found.scan(in);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The build log cannot be read; some of its lines may be repeated");
        }
        earlier.ifPresent(checkpoint -> written.addAll(checkpoint.pending()));
        written.addAll(found.events());
        lastCounts = found.counts();
        number = found.last();
        Optional<MonitorCheckpoint> reported = earlier.map(CheckpointFile.Checkpoint::reported);
        return found.cursor()
                .map(cursor -> reported.orElseGet(() -> MonitorCheckpoint.beginning(Instant.now()))
                        .withLog(cursor))
                .or(() -> reported);
    }

    @Override
    public synchronized void line(String text) {
        boolean isCounts = text.startsWith(COUNTS_LINE);
        long digest = LineMark.digest(text);
        if (!isWritten(digest, isCounts)) {
            number++;
            print(
                    new LineMark(isCounts ? LineMark.Kind.COUNTS : LineMark.Kind.EVENT, application, digest, number),
                    text);
        }
    }

    /** Takes no lock: a slow log must not hold up those who only ask. */
    @Override
    public void logLine(String text, LogCursor reached) {
        print(LineMark.log(application, reached), text);
    }

    private void print(LineMark mark, String text) {
        log.line(mark.encode() + text);
    }

    private boolean isWritten(long digest, boolean isCounts) {
        if (isCounts) {
            boolean same = lastCounts != null && lastCounts == digest;
            lastCounts = null;
            return same;
        }
        return written.remove((Long) digest);
    }

    /**
     * Writes out what is still in memory.
     *
     * @param reported by the lines so far
     */
    public synchronized CheckpointFile.Checkpoint checkpoint(MonitorCheckpoint reported) throws IOException {
        return new CheckpointFile.Checkpoint(reported, log.flush(), number, List.copyOf(written));
    }
}
