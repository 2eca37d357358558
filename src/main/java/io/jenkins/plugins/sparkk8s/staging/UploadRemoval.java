package io.jenkins.plugins.sparkk8s.staging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes upload directories, and keeps why some are left. A file system that does not answer is asked once only: each
 * question takes until its time is over.
 */
final class UploadRemoval {
    private static final Logger LOGGER = Logger.getLogger(UploadRemoval.class.getName());

    private final HadoopGateway hadoop;
    /** What is left, by the cause. */
    private final Map<String, List<String>> left = new LinkedHashMap<>();
    /** Why a folder is not asked for any more. */
    private final Map<String, String> unreachable = new HashMap<>();

    UploadRemoval(HadoopGateway hadoop) {
        this.hadoop = hadoop;
    }

    UploadRemoval remove(List<String> directories) {
        directories.forEach(this::remove);
        return this;
    }

    private void remove(String directory) {
        int slash = directory.lastIndexOf('/');
        String folder = slash < 0 ? directory : directory.substring(0, slash);
        String reason = unreachable.get(folder);
        if (reason == null) {
            try {
                hadoop.delete(directory);
                return;
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "Could not delete " + directory);
                reason = HadoopErrors.sentence(e, folder);
                if (HadoopErrors.isUnreachable(e)) {
                    unreachable.put(folder, reason);
                }
            }
        }
        left.computeIfAbsent(reason, cause -> new ArrayList<>()).add(directory);
    }

    /** The directories that may still be there. */
    List<String> left() {
        return left.values().stream().flatMap(List::stream).toList();
    }

    /** One for each cause. */
    List<String> sentences() {
        return left.entrySet().stream()
                .map(cause -> "%s could not be removed: %s"
                        .formatted(StagedArtifacts.names(cause.getValue()), cause.getKey()))
                .toList();
    }
}
