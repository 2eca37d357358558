package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.staging.cleaning.ApplicationStates;
import io.jenkins.plugins.sparkk8s.staging.cleaning.UploadCleaning;
import io.jenkins.plugins.sparkk8s.staging.cleaning.UploadRemoval;
import io.jenkins.plugins.sparkk8s.staging.cleaning.UploadUndo;
import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import io.jenkins.plugins.sparkk8s.staging.transfer.ApplicationUpload;
import io.jenkins.plugins.sparkk8s.staging.transfer.SharedUpload;
import io.jenkins.plugins.sparkk8s.staging.transfer.Upload;
import io.jenkins.plugins.sparkk8s.staging.transfer.UploadFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Uploads the files of a plan, all or none, and gives them free when they are no longer needed. */
public final class ArtifactUploader {
    private static final Logger LOGGER = Logger.getLogger(ArtifactUploader.class.getName());

    /** Files at once; a client of HDFS holds up to 5 MB for each. */
    private static final int AT_ONCE = 8;

    private final HadoopGateway hadoop;
    private final Path digests;
    private final Map<Path, PackedFolder> packed;

    /** One that computes the checksum of each file again. */
    public ArtifactUploader(HadoopGateway hadoop) {
        this(hadoop, null);
    }

    public ArtifactUploader(HadoopGateway hadoop, Path digests) {
        this(hadoop, digests, Map.of());
    }

    /**
     * @param digests a file that remembers checksums of files from one submission to the next; null to remember none
     * @param packed files of a plan that stand for archives of folders
     */
    public ArtifactUploader(HadoopGateway hadoop, Path digests, Map<Path, PackedFolder> packed) {
        this.hadoop = hadoop;
        this.digests = digests;
        this.packed = packed;
    }

    /**
     * Uploads every file of the plan that is not there yet.
     *
     * @throws StagingException when one cannot be uploaded; nothing of this application is left under the upload path
     * then, but for what it names. Whole files in shared folders stay for the next attempt.
     * @throws InterruptedException when the thread is interrupted; nothing is left either
     */
    public StagedArtifacts upload(StagingPlan planned, StagingListener listener) throws InterruptedException {
        if (planned.isEmpty()) {
            return StagedArtifacts.none();
        }
        StagingPlan plan = planned.withPacked(packed);
        SecretMask mask = plan.mask().and(hadoop.mask());
        try (StoreCalls calls = hadoop.calls(AT_ONCE, plan.root(), StoreCalls.STALL)) {
            UploadStore store = calls.one(() -> calls.opened(hadoop.open(plan.root())));
            return run(upload(plan, store, calls, listener), plan, mask, new UploadUndo(hadoop, calls, listener));
        } catch (IOException e) {
            throw UploadFailures.of(plan, e).withContext(mask, List.of());
        }
    }

    private Upload upload(StagingPlan plan, UploadStore store, StoreCalls calls, StagingListener listener) {
        return plan.isShared()
                ? new SharedUpload(plan, store, calls, listener, new FileDigests(digests, Clock.systemUTC()))
                : new ApplicationUpload(plan, store, calls, listener);
    }

    private static StagedArtifacts run(Upload upload, StagingPlan plan, SecretMask mask, UploadUndo undo)
            throws InterruptedException {
        boolean ended = false;
        try {
            StagedArtifacts artifacts = attempt(upload, plan);
            ended = true;
            return artifacts;
        } catch (StagingException e) {
            ended = true;
            throw e.withContext(mask, undo.failed(upload.begun(), e));
        } finally {
            if (!ended) {
                undo.stopped(upload.begun());
            }
        }
    }

    private static StagedArtifacts attempt(Upload upload, StagingPlan plan) throws InterruptedException {
        try {
            return upload.run();
        } catch (IOException e) {
            throw UploadFailures.of(plan, e);
        }
    }

    /**
     * Gives free what was uploaded for an application. Its own directories are removed, and those shared folders that
     * no other application uses and whose time is over.
     *
     * @return one sentence for each cause that directories could not be removed for; empty when all are gone
     */
    public List<String> delete(StagedArtifacts artifacts) {
        return new UploadRemoval(hadoop).remove(artifacts.directories()).sentences();
    }

    /**
     * Removes what crashed submissions have left under the upload path, and shared files whose time is over; once an
     * hour for all that use the path. It is a service to later submissions: what goes wrong is logged and not reported.
     *
     * @param artifacts of an application, which say where to sweep; nothing is done when they are not in shared folders
     * @param retention how long a file is kept after its upload
     */
    public void sweep(StagedArtifacts artifacts, Duration retention, ApplicationStates states) {
        artifacts.directories().stream()
                .filter(path -> UploadNames.applicationOfMarker(UploadNames.nameOf(path))
                        .isPresent())
                .findFirst()
                .ifPresent(marker -> sweep(UploadNames.parentOf(marker), retention, states));
    }

    private void sweep(String root, Duration retention, ApplicationStates states) {
        try (StoreCalls calls = hadoop.calls(1, root, StoreCalls.STALL)) {
            calls.one(() -> {
                UploadStore store = calls.opened(hadoop.open(root));
                return new UploadCleaning(store, root, Clock.systemUTC(), calls::progressed).sweep(retention, states);
            });
        } catch (IOException | StagingException e) {
            SecretMask mask = hadoop.mask();
            LOGGER.log(Level.FINE, mask.failure(e), () -> mask.mask("Could not sweep " + root));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
