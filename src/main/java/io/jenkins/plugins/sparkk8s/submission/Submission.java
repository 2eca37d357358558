package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiErrors;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.preflight.Preflight;
import io.jenkins.plugins.sparkk8s.preflight.PreflightReport;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;

/**
 * One application on its way to the cluster, in the order in which it happens: prepare, pre-flight, stage, launch.
 *
 * <p>Files are where the {@link Workspace} is, which may be another machine; the cluster is reached from here. The
 * {@link Journal} learns of each step before it begins, so that it can be written down, and may end the submission by an
 * exception. What has been uploaded when a later step fails is the caller's to remove.
 */
public final class Submission {
    private final KubernetesClient client;
    private final Workspace workspace;
    private final Journal journal;

    /** @param client stays open */
    public Submission(KubernetesClient client, Workspace workspace, Journal journal) {
        this.client = client;
        this.workspace = workspace;
        this.journal = journal;
    }

    /** What is done on the machine that has the application's files. */
    public interface Workspace {
        /**
         * Finds every error that can be found before anything is uploaded or created.
         *
         * @throws IOException when that machine cannot be reached
         */
        Prepared prepare() throws IOException, InterruptedException;

        /**
         * Uploads what must be uploaded; nothing is left when that fails.
         *
         * @throws IOException when that machine cannot be reached
         */
        StagedApplication stage() throws IOException, InterruptedException;
    }

    /** An application that has been checked and can be staged. */
    public interface Prepared {
        /** The objects as they will be, but for the locations of uploaded files. */
        DriverSpec preview();

        /** One sentence each, without secrets. */
        List<String> warnings();

        /** Directories that staging will make; empty when nothing needs to be uploaded. */
        List<String> uploadDirectories();
    }

    /** Is notified of each step on the submitting thread; an exception ends the submission. */
    public interface Journal {
        void warning(String sentence);

        /** The application is valid; the cluster has not been asked for anything. */
        default void prepared(Prepared prepared) throws IOException, InterruptedException {}

        /** The cluster has what is needed. The last moment before files are uploaded. */
        default void staging(Prepared prepared) throws IOException, InterruptedException {}

        default void staged(StagedApplication staged) throws IOException, InterruptedException {}

        /** The last moment before something is created; launches, holding whatever locks that needs. */
        SubmissionHandle launch(DriverSpec spec, Launcher launcher) throws IOException, InterruptedException;
    }

    /** Creates the driver and what belongs to it. */
    public interface Launcher {
        /** As {@link DriverSubmitter#submit}. */
        SubmissionHandle launch(DriverSubmitter.Attempt attempt, SubmissionListener listener)
                throws InterruptedException;
    }

    /**
     * Returns when the driver pod exists and owns the other objects.
     *
     * @return the handle with the uid of the driver pod
     * @throws ClusterException when the cluster refuses, lacks something or cannot be reached
     * @throws IOException from the workspace or the journal
     */
    public SubmissionHandle run() throws IOException, InterruptedException {
        Prepared prepared = workspace.prepare();
        prepared.warnings().forEach(journal::warning);
        journal.prepared(prepared);
        preflight(prepared);
        journal.staging(prepared);
        StagedApplication staged = workspace.stage();
        journal.staged(staged);
        DriverSpec spec = staged.spec();
        return journal.launch(spec, (attempt, listener) -> DriverSubmitter.submit(client, spec, attempt, listener));
    }

    private void preflight(Prepared prepared) throws InterruptedException {
        DriverSpec preview = prepared.preview();
        if (preview.properties().get(KubernetesOptions.SUBMIT_PREFLIGHT)) {
            PreflightReport report = Preflight.run(client, preview);
            report.warnings().forEach(journal::warning);
            report.unchecked().forEach(journal::warning);
            report.throwIfFailed();
        } else if (!prepared.uploadDirectories().isEmpty()) {
            requireApiServer();
        }
    }

    /** An API server that cannot be reached is found before gigabytes are uploaded. */
    private void requireApiServer() {
        try {
            client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return;
            }
            throw ApiErrors.of(client).translate(e, "get", new ObjectReference("Version", client.getNamespace(), null));
        }
    }
}
