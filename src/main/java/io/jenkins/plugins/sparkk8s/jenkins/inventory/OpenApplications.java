package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueueEntry;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The applications that have not ended, or of which something is left, by the ids of their records. After a crash the next
 * controller finds them without looking through all builds.
 *
 * <p>Any thread may read and change it. The changes of one entry are written in their order.
 */
public final class OpenApplications {
    private static final Logger LOGGER = Logger.getLogger(OpenApplications.class.getName());
    private static final String FOLDER = "spark-applications";

    private final EntryFiles<OpenApplication> open = new EntryFiles<>(
            FOLDER,
            OpenApplication.class,
            "The Spark application of %s is no longer monitored, because the file cannot be read. When the application"
                    + " has ended, remove the file.");

    /** Guarded by this. */
    private boolean migrated;

    /** From now on the application is found after a crash; returns when this is on the disk. */
    public void put(Run<?, ?> run, ApplicationRecord record) throws IOException {
        put(record.id(), OpenApplication.of(run.getExternalizableId(), record, null));
    }

    /** The same for an application that is queued. */
    public void putQueued(Run<?, ?> run, ApplicationRecord record, long number) throws IOException {
        put(record.id(), OpenApplication.of(run.getExternalizableId(), record, number));
    }

    /** From now on its uploads are removed even when the build is discarded before the application has ended. */
    public void keepUploads(Run<?, ?> run, ApplicationRecord record) throws IOException {
        if (!record.uploadsToRemove().isEmpty()) {
            put(record.id(), OpenApplication.of(run.getExternalizableId(), record));
        }
    }

    /** Returns when it is on the disk; does not write what is there already. */
    public void put(String id, OpenApplication application) throws IOException {
        migrate();
        open.change(id, earlier -> application);
    }

    /** The application has ended, and nothing of it is left. */
    public void remove(String id) throws IOException {
        migrate();
        open.change(id, earlier -> null);
    }

    /** A job, or a folder with all its jobs, has another full name. What cannot be written is logged. */
    public void moved(String from, String to) {
        for (Map.Entry<String, OpenApplication> entry : all().entrySet()) {
            try {
                if (entry.getValue().isIn(from)) {
                    open.change(
                            entry.getKey(), application -> application == null ? null : application.moved(from, to));
                }
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "Application %s of %s could not be noted as one of %s"
                                .formatted(entry.getKey(), from, to));
            }
        }
    }

    /** Those that the queue of the next controller knows, by their ids. */
    public Map<String, QueueEntry> queueEntries() {
        Map<String, QueueEntry> entries = new TreeMap<>();
        all().forEach((id, application) -> {
            QueueEntry entry = application.queueEntry();
            if (entry != null) {
                entries.put(id, entry);
            }
        });
        return entries;
    }

    /** As it is now. */
    public Map<String, OpenApplication> all() {
        migrate();
        return open.all();
    }

    /** Earlier versions kept one file for all, with the entry or only its build. */
    private synchronized void migrate() {
        if (migrated) {
            return;
        }
        migrated = true;
        File single = new File(Jenkins.get().getRootDir(), FOLDER + ".xml");
        if (!single.exists()) {
            return;
        }
        try {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) new XmlFile(single).read()).entrySet()) {
                OpenApplication application = entry.getValue() instanceof OpenApplication known
                        ? known
                        : new OpenApplication(String.valueOf(entry.getValue()));
                open.change((String) entry.getKey(), earlier -> earlier == null ? application : earlier);
            }
            Files.delete(single.toPath());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> single + " could not be resumed; Jenkins retries after a restart");
        }
    }
}
