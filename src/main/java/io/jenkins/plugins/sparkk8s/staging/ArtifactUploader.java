package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

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
     * @throws StagingException when one cannot be uploaded; nothing of the plan is left under the upload path then, but for
     *     what it names
     * @throws InterruptedException when the thread is interrupted; nothing is left either
     */
    public StagedArtifacts upload(StagingPlan plan, StagingListener listener) throws InterruptedException {
        Map<String, String> remote = new LinkedHashMap<>();
        List<String> directories = new ArrayList<>();
        long bytes = 0;
        boolean complete = false;
        try {
            for (StagedFile file : plan.files()) {
                requireNotInterrupted(file);
                makeDirectory(file, directories);
                bytes += upload(file, listener);
                remote.put(file.local().location(), file.remoteLocation());
            }
            complete = true;
            return new StagedArtifacts(remote, directories, bytes);
        } catch (StagingException e) {
            List<String> left = undo(directories);
            directories.clear();
            throw e.withContext(plan.mask(), left);
        } finally {
            if (!complete) {
                undo(directories);
            }
        }
    }

    /**
     * Removes what was uploaded for an application.
     *
     * @return one sentence for each cause that directories could not be removed for; empty when all are gone
     */
    public List<String> delete(StagedArtifacts artifacts) {
        return new UploadRemoval(hadoop).remove(artifacts.directories()).sentences();
    }

    /** Between two files; some calls of Hadoop take the flag away and go on. */
    private static void requireNotInterrupted(StagedFile next) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before %s was uploaded".formatted(next.source()));
        }
    }

    /** Notes the directory for removal, also when an interruption or a lost answer leaves open whether it was made. */
    private void makeDirectory(StagedFile file, List<String> directories) throws InterruptedException {
        try {
            directories.add(file.directory());
            hadoop.makeDirectory(file.directory());
        } catch (IOException e) {
            StagingException failure = failure(file, e);
            if (failure.isRefusal() || HadoopErrors.neverConnected(e)) {
                directories.remove(file.directory());
            }
            throw failure;
        }
    }

    private long upload(StagedFile file, StagingListener listener) throws InterruptedException {
        long total = LocalFiles.size(file.source());
        long[] sent = {0};
        try {
            hadoop.upload(file.source(), file.target(), written -> {
                sent[0] += written;
                listener.progress(file.source(), sent[0], total);
            });
        } catch (IOException e) {
            throw failure(file, e);
        }
        listener.uploaded(file.source(), file.target(), sent[0]);
        return sent[0];
    }

    /**
     * Whether the thread was asked to stop; Hadoop tells this in several ways, some of which take the flag away. A
     * time-out is no interruption, though its exception is of that kind too. Clears the flag, as whoever throws an
     * InterruptedException does.
     */
    private static boolean interrupted(IOException error) {
        boolean interrupted = Thread.interrupted();
        for (Throwable cause = error; cause != null && !interrupted; cause = cause.getCause()) {
            interrupted = cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
        }
        return interrupted;
    }

    private static StagingException failure(StagedFile file, IOException cause) throws InterruptedException {
        if (interrupted(cause)) {
            throw (InterruptedException) new InterruptedException(cause.getMessage()).initCause(cause);
        }
        return new StagingException(
                "%s could not be uploaded to %s (%s): %s"
                        .formatted(
                                file.source(),
                                file.directory(),
                                KubernetesOptions.FILE_UPLOAD_PATH.key(),
                                HadoopErrors.sentence(cause, file.directory())),
                cause);
    }

    /** What is left. Runs uninterrupted, or the file system would refuse to clean up as it refused to go on. */
    private List<String> undo(List<String> directories) {
        boolean interrupted = Thread.interrupted();
        try {
            UploadRemoval removal = new UploadRemoval(hadoop).remove(directories);
            removal.sentences().forEach(LOGGER::warning);
            return removal.left();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
