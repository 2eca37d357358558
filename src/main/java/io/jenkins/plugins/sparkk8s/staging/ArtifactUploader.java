package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Uploads the files of a plan, all or none, and removes them when they are no longer needed. */
public final class ArtifactUploader {
    private static final Logger LOGGER = Logger.getLogger(ArtifactUploader.class.getName());

    private final HadoopGateway hadoop;

    public ArtifactUploader(HadoopGateway hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * Uploads every file of the plan.
     *
     * @throws StagingException when one cannot be uploaded; nothing of the plan is left under the upload path then
     * @throws InterruptedException when the thread is interrupted; nothing is left either
     */
    public StagedArtifacts upload(StagingPlan plan, StagingListener listener) throws InterruptedException {
        Map<String, String> remote = new LinkedHashMap<>();
        List<String> directories = new ArrayList<>();
        long bytes = 0;
        try {
            for (StagedFile file : plan.files()) {
                directories.add(file.directory());
                bytes += upload(file, listener);
                remote.put(file.local().location(), file.target());
            }
            return new StagedArtifacts(remote, directories, bytes);
        } catch (InterruptedIOException e) {
            undo(directories);
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (StagingException e) {
            undo(directories);
            throw e;
        }
    }

    /**
     * Removes what was uploaded for an application.
     *
     * @return one sentence for each directory that could not be removed; empty when all are gone
     */
    public List<String> delete(StagedArtifacts artifacts) {
        List<String> left = new ArrayList<>();
        for (String directory : artifacts.directories()) {
            try {
                hadoop.delete(directory);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "Could not delete " + directory);
                left.add("%s could not be removed: %s".formatted(directory, HadoopErrors.sentence(e, directory)));
            }
        }
        return left;
    }

    private long upload(StagedFile file, StagingListener listener) throws InterruptedIOException {
        long total = size(file.source());
        long[] sent = {0};
        try {
            hadoop.makeDirectory(file.directory());
            hadoop.upload(file.source(), file.target(), written -> {
                sent[0] += written;
                listener.progress(file.source(), sent[0], total);
            });
        } catch (InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw failure(file, e);
        } catch (IOException e) {
            throw failure(file, e);
        }
        listener.uploaded(file.source(), file.target(), sent[0]);
        return sent[0];
    }

    private static StagingException failure(StagedFile file, IOException cause) {
        return new StagingException(
                "%s could not be uploaded to %s (%s): %s"
                        .formatted(
                                file.source(),
                                file.directory(),
                                KubernetesOptions.FILE_UPLOAD_PATH.key(),
                                HadoopErrors.sentence(cause, file.directory())),
                cause);
    }

    /** Runs uninterrupted, or the file system would refuse to clean up as it refused to go on. */
    private void undo(List<String> directories) {
        boolean interrupted = Thread.interrupted();
        try {
            delete(new StagedArtifacts(Map.of(), directories, 0)).forEach(LOGGER::warning);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long size(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(ArtifactUploader::fileSize)
                    .sum();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No size of " + path);
            return 0;
        }
    }

    private static long fileSize(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No size of " + file);
            return 0;
        }
    }
}
