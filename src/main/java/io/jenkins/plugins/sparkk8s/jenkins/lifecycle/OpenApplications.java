package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.Util;
import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * The applications that have not ended, or of which something is left, by the ids of their records. Each is kept in a small
 * file of its own, so that a change writes one entry however many there are, and after a crash the next controller finds them
 * without looking through all builds.
 *
 * <p>Any thread may read and change it. The changes of one entry are written in their order.
 */
final class OpenApplications {
    private static final Logger LOGGER = Logger.getLogger(OpenApplications.class.getName());
    private static final String FOLDER = "spark-applications";
    private static final String EXTENSION = ".xml";

    /** Ids become names of files. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final Map<String, OpenApplication> open = new ConcurrentHashMap<>();

    /** Guarded by this. */
    private boolean loaded;

    /** From now on the application is found after a crash; returns when this is on the disk. */
    void put(Run<?, ?> run, ApplicationRecord record) throws IOException {
        put(record.id(), new OpenApplication(run.getExternalizableId()));
    }

    /** From now on its uploads are removed even when the build is discarded before the application has ended. */
    void keepUploads(Run<?, ?> run, ApplicationRecord record) throws IOException {
        if (!record.uploadsToRemove().isEmpty()) {
            put(record.id(), OpenApplication.of(run.getExternalizableId(), record));
        }
    }

    /** Returns when it is on the disk; does not write what is there already. */
    void put(String id, OpenApplication application) throws IOException {
        load();
        change(id, earlier -> application);
    }

    /** The application has ended, and nothing of it is left. */
    void remove(String id) throws IOException {
        load();
        change(id, earlier -> null);
    }

    /** A job, or a folder with all its jobs, has another full name. What cannot be written is logged. */
    void moved(String from, String to) {
        for (Map.Entry<String, OpenApplication> entry : all().entrySet()) {
            try {
                if (entry.getValue().isIn(from)) {
                    change(entry.getKey(), application -> application == null ? null : application.moved(from, to));
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

    /** As it is now. */
    Map<String, OpenApplication> all() {
        load();
        return new TreeMap<>(open);
    }

    /** A new value for an earlier one, each null for none. */
    private interface Change {
        OpenApplication of(OpenApplication earlier);
    }

    /** The map runs one change of an id at a time. */
    private void change(String id, Change change) throws IOException {
        IOException[] failure = new IOException[1];
        open.compute(id, (key, earlier) -> {
            OpenApplication changed = change.of(earlier);
            try {
                if (changed == null) {
                    Files.deleteIfExists(file(id).toPath());
                } else if (!changed.equals(earlier)) {
                    new XmlFile(file(id)).write(changed);
                }
                return changed;
            } catch (IOException e) {
                failure[0] = e;
                return earlier;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private synchronized void load() {
        if (loaded) {
            return;
        }
        for (File file : files()) {
            String id = file.getName().substring(0, file.getName().length() - EXTENSION.length());
            try {
                open.put(id, (OpenApplication) new XmlFile(file).read());
            } catch (IOException | RuntimeException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () ->
                                "The Spark application of %s is no longer monitored, because the file cannot be read. When the application has ended, remove the file."
                                        .formatted(file));
            }
        }
        loaded = true;
        migrate();
    }

    private static File[] files() {
        File[] files = folder().listFiles((folder, name) -> name.endsWith(EXTENSION) && isId(name));
        return files == null ? new File[0] : files;
    }

    private static boolean isId(String name) {
        return ID.matcher(name.substring(0, name.length() - EXTENSION.length())).matches();
    }

    /** Earlier versions kept one file for all, with the entry or only its build. */
    private void migrate() {
        File single = new File(Jenkins.get().getRootDir(), FOLDER + EXTENSION);
        if (!single.exists()) {
            return;
        }
        try {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) new XmlFile(single).read()).entrySet()) {
                OpenApplication application = entry.getValue() instanceof OpenApplication known
                        ? known
                        : new OpenApplication(String.valueOf(entry.getValue()));
                change((String) entry.getKey(), earlier -> earlier == null ? application : earlier);
            }
            Files.delete(single.toPath());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> single + " could not be resumed; Jenkins retries after a restart");
        }
    }

    private static File file(String id) throws IOException {
        if (!ID.matcher(Util.fixNull(id)).matches()) {
            throw new IOException("The application has no id that can be kept: " + id);
        }
        return new File(folder(), id + EXTENSION);
    }

    private static File folder() {
        return new File(Jenkins.get().getRootDir(), FOLDER);
    }
}
