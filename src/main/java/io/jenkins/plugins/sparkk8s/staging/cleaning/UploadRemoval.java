package io.jenkins.plugins.sparkk8s.staging.cleaning;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes directories of an application, and gives free what its marker lists; keeps why some are left. Each file system is
 * opened once, and one that does not answer is asked once only.
 */
public final class UploadRemoval {
    private static final Logger LOGGER = Logger.getLogger(UploadRemoval.class.getName());

    /** How long it may take until a store that does not answer is given up. */
    private static final Duration STALL = Duration.ofSeconds(30);

    private final HadoopGateway hadoop;
    /** What is left, by the cause. */
    private final Map<String, List<String>> left = new LinkedHashMap<>();
    /** Why a folder is not asked for any more. */
    private final Map<String, String> unreachable = new HashMap<>();

    public UploadRemoval(HadoopGateway hadoop) {
        this.hadoop = hadoop;
    }

    public UploadRemoval remove(List<String> directories) {
        Map<String, List<String>> byFolder = new LinkedHashMap<>();
        directories.forEach(
                directory -> byFolder.computeIfAbsent(UploadNames.parentOf(directory), folder -> new ArrayList<>())
                        .add(directory));
        byFolder.forEach(this::removeIn);
        return this;
    }

    private void removeIn(String folder, List<String> directories) {
        try (StoreCalls calls = hadoop.calls(1, folder, STALL)) {
            UploadStore store = calls.one(() -> calls.opened(hadoop.open(directories.get(0))));
            for (String directory : directories) {
                remove(store, calls, folder, directory);
            }
        } catch (IOException e) {
            failed(folder, directories, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave("the removal was interrupted.", directories);
        }
    }

    private void remove(UploadStore store, StoreCalls calls, String folder, String directory)
            throws InterruptedException {
        String reason = unreachable.get(folder);
        if (reason != null) {
            leave(reason, List.of(directory));
            return;
        }
        try {
            calls.one(() -> {
                if (UploadNames.applicationOfMarker(UploadNames.nameOf(directory))
                        .isPresent()) {
                    new UploadCleaning(store, folder, Clock.systemUTC(), calls::progressed).release(directory);
                } else {
                    store.delete(directory);
                }
                return null;
            });
        } catch (IOException e) {
            failed(folder, List.of(directory), e);
        }
    }

    private void failed(String folder, List<String> directories, IOException e) {
        SecretMask mask = hadoop.mask();
        LOGGER.log(Level.FINE, mask.failure(e), () -> mask.mask("Could not delete " + directories));
        String reason = mask.mask(StorageErrors.sentence(e, folder));
        if (StorageErrors.isNotAnswering(e)) {
            unreachable.put(folder, reason);
        }
        List<String> remaining = new ArrayList<>(directories);
        left.values().forEach(remaining::removeAll);
        leave(reason, remaining);
    }

    private void leave(String reason, List<String> directories) {
        if (!directories.isEmpty()) {
            left.computeIfAbsent(reason, cause -> new ArrayList<>()).addAll(directories);
        }
    }

    /** The directories that may still be there. */
    List<String> left() {
        return left.values().stream().flatMap(List::stream).toList();
    }

    /** One for each cause. */
    public List<String> sentences() {
        return left.entrySet().stream()
                .map(cause -> "%s could not be removed: %s"
                        .formatted(StagedArtifacts.names(cause.getValue()), cause.getKey()))
                .toList();
    }
}
