package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import hudson.Util;
import io.jenkins.plugins.sparkk8s.jenkins.stored.StoredXml;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * Small entries by ids, each kept in a file of its own below Jenkins' home, so that a change writes one entry however many there
 * are.
 *
 * <p>Any thread may read and change them. The changes of one entry are written in their order.
 *
 * @param <T> a serializable class that never changes, and has {@code equals}
 */
final class EntryFiles<T> {
    private static final Logger LOGGER = Logger.getLogger(EntryFiles.class.getName());
    private static final String EXTENSION = ".xml";

    /** Ids become names of files. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final String folder;
    private final Class<T> type;
    private final StoredXml xml;
    private final String unreadable;
    private final Map<String, T> entries = new ConcurrentHashMap<>();

    /** Guarded by this. */
    private boolean loaded;

    /**
     * @param folder its name below Jenkins' home
     * @param unreadable what it means when a file cannot be read, and what to do; a sentence with {@code %s} for the file
     */
    EntryFiles(String folder, Class<T> type, String unreadable) {
        this.folder = folder;
        this.type = type;
        this.xml = new StoredXml(type);
        this.unreadable = unreadable;
    }

    /** As it is now. */
    Map<String, T> all() {
        load();
        return new TreeMap<>(entries);
    }

    /**
     * Returns when the new value is on the disk; does not write what is there already.
     *
     * @param change the new value for the earlier one; null for none
     */
    void change(String id, UnaryOperator<T> change) throws IOException {
        load();
        IOException[] failure = new IOException[1];
        // The map runs one change of an id at a time.
        entries.compute(id, (key, earlier) -> {
            T changed = change.apply(earlier);
            try {
                if (changed == null) {
                    Files.deleteIfExists(file(id).toPath());
                } else if (!changed.equals(earlier)) {
                    xml.file(file(id)).write(changed);
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
                entries.put(id, type.cast(xml.file(file).read()));
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> unreadable.formatted(file));
            }
        }
        loaded = true;
    }

    private File[] files() {
        File[] files = folder().listFiles((parent, name) -> name.endsWith(EXTENSION) && isId(name));
        return files == null ? new File[0] : files;
    }

    private static boolean isId(String name) {
        return ID.matcher(name.substring(0, name.length() - EXTENSION.length())).matches();
    }

    private File file(String id) throws IOException {
        if (!ID.matcher(Util.fixNull(id)).matches()) {
            throw new IOException("The application has no id that can be kept: " + id);
        }
        return new File(folder(), id + EXTENSION);
    }

    private File folder() {
        return new File(Jenkins.get().getRootDir(), folder);
    }
}
