package io.jenkins.plugins.sparkk8s.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.ApplicationResolver;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesClientFactory;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.UploadProgress;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.submission.DriverStates;
import io.jenkins.plugins.sparkk8s.submission.PreparedApplication;
import io.jenkins.plugins.sparkk8s.submission.StagedApplication;
import io.jenkins.plugins.sparkk8s.submission.Submission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * One application of the command: submitted, awaited, cleaned up.
 *
 * <p>What was uploaded is removed when the submission fails, when the application has ended and when the command is
 * aborted; an aborted command also kills the application it waits for.
 */
final class SubmitRun {
    private final SubmitterEnvironment environment;
    private final Console console;
    private final boolean verbose;
    private final Clock clock = Clock.systemUTC();

    SubmitRun(SubmitterEnvironment environment, Console console, boolean verbose) {
        this.environment = environment;
        this.console = console;
        this.verbose = verbose;
    }

    /** @return the exit status of the command */
    int run(ApplicationRequest request) {
        AbortHook abort = AbortHook.install();
        try {
            return submit(request);
        } catch (InterruptedException e) {
            // Printed before the hook lets the process end.
            console.error(
                    "Aborted. Uploaded files and created objects have been removed, except those that a warning above names.");
            Thread.currentThread().interrupt();
            return ExitStatus.FAILURE;
        } finally {
            abort.runEnded();
        }
    }

    private int submit(ApplicationRequest request) throws InterruptedException {
        HadoopGateway hadoop = new HadoopGateway(CommandHadoop.settings(request.conf(), environment));
        try (ClientInBackground client =
                ClientInBackground.start(() -> KubernetesClientFactory.create(request.conf(), environment))) {
            PreparedApplication prepared = PreparedApplication.prepare(
                    new ApplicationResolver(environment, hadoop).resolve(request),
                    ApplicationIdentity.create(new SecureRandom(), clock),
                    environment.with(hadoop.remoteFiles()));
            client.prepareToWrite(prepared.preview().pod());
            return submit(prepared, hadoop, client.await());
        }
    }

    /** Where checksums of files are remembered; null when the environment names no home. */
    private Path digests() {
        return environment
                .variable("XDG_CACHE_HOME")
                .or(() -> environment.variable("HOME").map(home -> home + "/.cache"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "spark-k8s-submit", "digests"))
                .orElse(null);
    }

    private int submit(PreparedApplication prepared, HadoopGateway hadoop, KubernetesClient client)
            throws InterruptedException {
        ArtifactUploader uploader = new ArtifactUploader(hadoop, digests());
        CommandJournal journal = new CommandJournal(console, clock, () -> show(prepared.application()));
        boolean keep = false;
        try {
            SubmissionHandle handle = new Submission(client, workspace(prepared, uploader), journal).run();
            SparkConf conf = prepared.application().conf();
            keep = !conf.get(KubernetesOptions.SUBMISSION_WAIT_APP_COMPLETION);
            if (keep) {
                console.line("Deployed Spark application %s with application ID %s and submission ID %s into Kubernetes"
                        .formatted(handle.applicationName(), handle.applicationId(), handle.submissionId()));
                return ExitStatus.SUCCESS;
            }
            keep = !conf.get(KubernetesOptions.SUBMIT_DELETE_UPLOADS);
            return new ApplicationWait(client, console, journal.staged().spec(), handle)
                    .await(journal.times(), new CommandEventLog(hadoop, conf, handle.applicationId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (journal.staged() != null) {
                cleanUp(journal.staged().artifacts(), keep, uploader, client, prepared.application());
            }
        }
    }

    private void cleanUp(
            StagedArtifacts artifacts,
            boolean keep,
            ArtifactUploader uploader,
            KubernetesClient client,
            SparkApplication application) {
        if (!keep) {
            uploader.delete(artifacts).forEach(console::warning);
        }
        SparkConf conf = application.conf();
        uploader.sweep(
                artifacts,
                conf.get(KubernetesOptions.SUBMIT_UPLOAD_RETENTION),
                new DriverStates(client, conf.get("spark.master").orElse("")));
    }

    private Submission.Workspace workspace(PreparedApplication prepared, ArtifactUploader uploader) {
        return new Submission.Workspace() {
            @Override
            public Submission.Prepared prepare() {
                return prepared;
            }

            @Override
            public StagedApplication stage() throws InterruptedException {
                return prepared.stage(
                        () -> uploader, new UploadProgress(console::line, clock), clock, console::warning);
            }
        };
    }

    private void show(SparkApplication application) {
        if (!verbose) {
            return;
        }
        console.line("Main class: " + application.mainClass());
        console.line("Arguments: " + String.join(" ", application.arguments()));
        Redaction.of(application.conf())
                .map(application.conf().toMap())
                .forEach((key, value) -> console.line("  " + key + "=" + value));
    }
}
