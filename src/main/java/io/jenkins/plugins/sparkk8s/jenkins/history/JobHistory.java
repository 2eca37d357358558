package io.jenkins.plugins.sparkk8s.jenkins.history;

import hudson.model.Job;
import io.jenkins.plugins.sparkk8s.jenkins.stored.StoredXml;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The last applications of a job, in one small file in the job's folder: it is moved and deleted with the job, and not copied. What
 * is read from it needs no build. An application whose build is no longer there does not count.
 *
 * <p>Any thread may read. Additions to one file must come one after the other, which is up to the caller.
 *
 * @param file need not exist
 * @param builds the folder with a folder for each build, named by its number
 */
public record JobHistory(File file, File builds) {
    private static final Logger LOGGER = Logger.getLogger(JobHistory.class.getName());
    private static final StoredXml XML = new StoredXml(RecordedHistory.class);
    private static final String FILE = "spark-history.xml";

    /** Of where the job is now. */
    public static JobHistory of(Job<?, ?> job) {
        return new JobHistory(new File(job.getRootDir(), FILE), job.getBuildDir());
    }

    /** Whether any application has ever ended; costs a look for one file. */
    boolean exists() {
        return file.isFile();
    }

    /** In the order of their starts; empty when there are none, or the file cannot be read. */
    List<HistoryEntry> read() {
        Map<Integer, Boolean> known = new HashMap<>();
        return recorded().entries().stream()
                .filter(entry -> known.computeIfAbsent(entry.getBuild(), this::hasBuild))
                .toList();
    }

    /** Adds those that ended, each in place of an earlier one by the same id; returns when they are on the disk. */
    public void add(List<HistoryEntry> ended) throws IOException {
        Map<Integer, Boolean> known = new HashMap<>();
        IntPredicate exists = build -> known.computeIfAbsent(build, this::hasBuild);
        List<HistoryEntry> added =
                ended.stream().filter(entry -> exists.test(entry.getBuild())).toList();
        if (!added.isEmpty()) {
            XML.file(file).write(recorded().with(added, exists));
        }
    }

    private boolean hasBuild(int number) {
        return new File(builds, String.valueOf(number)).isDirectory();
    }

    private RecordedHistory recorded() {
        if (!exists()) {
            return RecordedHistory.NONE;
        }
        try {
            return (RecordedHistory) XML.file(file).read();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the next application that ends replaces it");
            return RecordedHistory.NONE;
        }
    }
}
