package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.KeyToPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the keys of a ConfigMap, a Secret or the downward API as files. */
final class VolumeFiles {

    private static final int DEFAULT_MODE = 0644;

    private final Path directory;
    private final int defaultMode;

    VolumeFiles(Path directory, Integer defaultMode) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.defaultMode = defaultMode == null ? DEFAULT_MODE : defaultMode;
    }

    /**
     * Writes all of {@code content}, or what {@code items} choose from it.
     *
     * @param from name of the source for messages, for example {@code configmap "x"}
     * @throws MissingObjectException when an item's key is not there
     */
    void write(Map<String, byte[]> content, List<KeyToPath> items, String from, Boolean optional)
            throws MissingObjectException, IOException {
        if (items.isEmpty()) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                write(entry.getKey(), entry.getValue(), null);
            }
            return;
        }
        for (KeyToPath item : items) {
            byte[] value = content.get(item.getKey());
            if (value != null) {
                write(item.getPath(), value, item.getMode());
            } else if (!Boolean.TRUE.equals(optional)) {
                throw new MissingObjectException(from + " references non-existent config key: " + item.getKey());
            }
        }
    }

    /** Writes one file; {@code mode} may be null. */
    void write(String path, byte[] value, Integer mode) throws MissingObjectException, IOException {
        Path file = directory.resolve(path).normalize();
        if (!file.startsWith(directory)) {
            throw new MissingObjectException("path " + path + " leads out of the volume");
        }
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.write(file, value);
        Files.setPosixFilePermissions(file, permissions(mode == null ? defaultMode : mode));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        // From the highest bit, 0400, as the enum's order is owner, group, others, each read, write, execute.
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & (0400 >> permission.ordinal())) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
