package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedFile;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** What the failure of an upload is, and how it is reported. */
public final class UploadFailures {
    private UploadFailures() {}

    /**
     * Of all files at once, such as when the storage does not answer: which of them it is that does not move is not known.
     *
     * @throws InterruptedException when it is none, but the thread was asked to stop
     */
    public static StagingException of(StagingPlan plan, IOException cause) throws InterruptedException {
        int files = plan.files().size();
        return of(
                files == 1 ? plan.files().get(0).source().toString() : "The %d files".formatted(files),
                plan.root(),
                cause);
    }

    /**
     * @param root the upload path
     * @throws InterruptedException when it is none, but the thread was asked to stop
     */
    static StagingException of(StagedFile file, String root, IOException cause) throws InterruptedException {
        return of(file.source().toString(), root, cause);
    }

    private static StagingException of(String what, String root, IOException cause) throws InterruptedException {
        if (interrupted(cause)) {
            throw (InterruptedException) new InterruptedException(cause.getMessage()).initCause(cause);
        }
        return new StagingException(
                "%s could not be uploaded to %s (%s): %s"
                        .formatted(
                                what,
                                root,
                                KubernetesOptions.FILE_UPLOAD_PATH.key(),
                                StorageErrors.sentence(cause, root)),
                cause);
    }

    /**
     * Whether the thread was asked to stop; Hadoop reports this in several ways, some of which clear the flag. A
     * time-out is no interruption, though its exception is of that kind too. Clears the flag, as the thrower of an
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
}
