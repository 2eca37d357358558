package io.jenkins.plugins.sparkk8s.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.ApplicationResolver;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Misspellings;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.driver.DriverSpecBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiErrors;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesClientFactory;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.preflight.Preflight;
import io.jenkins.plugins.sparkk8s.preflight.PreflightReport;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.UploadProgress;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter.Attempt;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One application on its one way: checked, staged, submitted, awaited, cleaned up.
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
            return checkAndSubmit(request);
        } catch (InterruptedException e) {
            // Told before the hook lets the process end, or nobody would hear of it.
            console.error("Aborted: what was uploaded and created is removed, as far as nothing else is said here.");
            Thread.currentThread().interrupt();
            return ExitStatus.FAILURE;
        } finally {
            abort.runEnded();
        }
    }

    private int checkAndSubmit(ApplicationRequest request) throws InterruptedException {
        HadoopGateway hadoop = new HadoopGateway(hadoopSettings(request.conf()));
        SparkApplication application = new ApplicationResolver(environment, hadoop).resolve(request);
        Misspellings.warnings(application.conf()).forEach(console::warning);
        ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), clock);
        DriverSpec trial = DriverSpecBuilder.check(application, identity, environment);
        trial.warnings().forEach(console::warning);
        if (verbose) {
            show(application);
        }
        try (KubernetesClient client = KubernetesClientFactory.create(application.conf(), environment)) {
            preflight(client, trial);
            return submit(application, identity, new ArtifactUploader(hadoop), client);
        }
    }

    private void preflight(KubernetesClient client, DriverSpec trial) throws InterruptedException {
        if (trial.properties().get(KubernetesOptions.SUBMIT_PREFLIGHT)) {
            PreflightReport report = Preflight.run(client, trial);
            report.warnings().forEach(console::warning);
            report.unchecked().forEach(console::warning);
            report.throwIfFailed();
        }
    }

    private HadoopSettings hadoopSettings(SparkConf conf) {
        return HadoopSettings.of(
                conf,
                environment
                        .variable("HADOOP_CONF_DIR")
                        .map(environment::resolve)
                        .orElse(null),
                true);
    }

    private int submit(
            SparkApplication application,
            ApplicationIdentity identity,
            ArtifactUploader uploader,
            KubernetesClient client)
            throws InterruptedException {
        StagingPlan plan = StagingPlan.of(application, identity, environment);
        if (!plan.isEmpty() && !application.conf().get(KubernetesOptions.SUBMIT_PREFLIGHT)) {
            requireApiServer(client);
        }
        Instant start = clock.instant();
        StagedArtifacts staged = uploader.upload(plan, new UploadProgress(console::line, clock));
        Duration staging = Duration.between(start, clock.instant());
        boolean keep = false;
        try {
            DriverSpec spec = DriverSpecBuilder.build(application, identity, staged, environment);
            SubmissionHandle handle = DriverSubmitter.submit(client, spec, Attempt.FIRST, new SubmissionLines(console));
            Duration submitting = Duration.between(start, clock.instant()).minus(staging);
            keep = !application.conf().get(KubernetesOptions.SUBMISSION_WAIT_APP_COMPLETION);
            if (keep) {
                console.line("Deployed Spark application %s with application ID %s and submission ID %s into Kubernetes"
                        .formatted(handle.applicationName(), handle.applicationId(), handle.submissionId()));
                return ExitStatus.SUCCESS;
            }
            keep = !application.conf().get(KubernetesOptions.SUBMIT_DELETE_UPLOADS);
            return new ApplicationWait(client, console, spec, handle)
                    .await(new SubmissionTimes(staging, submitting, staged.bytes()));
        } finally {
            if (!keep) {
                uploader.delete(staged).forEach(console::warning);
            }
        }
    }

    /** An API server that cannot be reached is found before gigabytes are uploaded. */
    private void requireApiServer(KubernetesClient client) {
        try {
            client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return;
            }
            throw new ApiErrors(client.getMasterUrl().toString())
                    .translate(e, "get", new ObjectReference("Version", client.getNamespace(), null));
        }
    }

    private void show(SparkApplication application) {
        console.line("Main class: " + application.mainClass());
        console.line("Arguments: " + String.join(" ", application.arguments()));
        Redaction.of(application.conf())
                .map(application.conf().toMap())
                .forEach((key, value) -> console.line("  " + key + "=" + value));
    }
}
