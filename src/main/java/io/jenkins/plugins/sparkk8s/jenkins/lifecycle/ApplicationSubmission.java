package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.FilePath;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.jenkins.agent.PreparedSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.agent.SubmissionRequest;
import io.jenkins.plugins.sparkk8s.jenkins.agent.WorkspaceSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.log.SubmissionLog;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.preflight.Preflight;
import io.jenkins.plugins.sparkk8s.preflight.PreflightReport;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter.Attempt;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings one application of a build onto its cluster. Whatever is done is written down before it is begun, so that a repeat
 * after a crash of the controller, at any point, makes the very same objects and never a second driver.
 *
 * <p>Blocks; to be called by a thread of {@link LifecycleThreads#submission}, and ended by interrupting it.
 */
final class ApplicationSubmission {
    private static final Logger LOGGER = Logger.getLogger(ApplicationSubmission.class.getName());

    private final BuildContext build;
    private final SparkRuntime runtime;
    private final Run<?, ?> run;
    private final PrintStream log;

    ApplicationSubmission(BuildContext build, SparkRuntime runtime) throws IOException, InterruptedException {
        this.build = build;
        this.runtime = runtime;
        this.run = build.run();
        this.log = build.listener().getLogger();
    }

    /**
     * Generates the identity of a new application, and saves it.
     *
     * @param id of the record, unique in the build
     */
    ApplicationRecord begin(String id) throws IOException, InterruptedException {
        build.saveState();
        SubmissionArguments arguments = build.arguments();
        SparkCluster cluster = runtime.clusters().resolve(arguments.cluster(), run.getParent());
        SparkApplicationsAction applications = SparkApplicationsAction.of(run);
        ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC());
        ApplicationRecord record = applications.begin(id, cluster.getName(), identity, Instant.now());
        record.named(arguments.name());
        runtime.open().put(run, record);
        applications.save(record);
        return record;
    }

    /** As {@link #submit}, but takes over the driver pod if an earlier controller has created it. */
    void takeOverOrSubmit(ApplicationRecord record, ApplicationCluster cluster)
            throws IOException, InterruptedException {
        Optional<SubmissionHandle> earlier = earlierDriver(record, cluster);
        if (earlier.isPresent()) {
            log.println("[spark] the controller is back; the driver pod %s had been created"
                    .formatted(earlier.get().driverPodName()));
            created(record, earlier.get(), arguments().waitForCompletion());
        } else {
            submit(record, cluster);
        }
    }

    /** Returns when the driver pod exists, with the record in the phase RUNNING or DEPLOYED. */
    void submit(ApplicationRecord record, ApplicationCluster cluster) throws IOException, InterruptedException {
        arguments().warnings().forEach(this::warning);
        SubmissionRequest request = new SubmissionRequestFactory(arguments(), build, cluster.cluster()).create(record);
        FilePath workspace = workspace();
        EarlierApplications earlierOnes = new EarlierApplications(
                cluster.client(),
                check(request, workspace, record, cluster),
                BuildLabels.job(run),
                record.identity().applicationId());
        earlierOnes.refuse(arguments().whenRunning());
        DriverSpec spec = stage(request, workspace, record, cluster.cluster());
        if (arguments().whenRunning() == WhenRunning.ALLOW) {
            create(spec, record, cluster);
        } else {
            // Two builds of a job must not both find that none runs.
            runtime.locks()
                    .<IOException>run(earlierOnes.identity(), () -> createAlone(spec, record, cluster, earlierOnes));
        }
    }

    private void createAlone(
            DriverSpec spec, ApplicationRecord record, ApplicationCluster cluster, EarlierApplications earlierOnes)
            throws IOException, InterruptedException {
        earlierOnes.refuse(arguments().whenRunning());
        earlierOnes.replace(arguments().whenRunning(), line -> log.println("[spark] " + line));
        create(spec, record, cluster);
    }

    /** Makes the driver the owner of what an earlier controller had no time for; an unreachable API server is waited for later. */
    static void complete(ApplicationRecord record, ApplicationCluster cluster) {
        if (record.isSubmitted()) {
            return;
        }
        try {
            new InterruptedSubmission(cluster.client(), record.handle(), record.dependants()).takeOver();
        } catch (ClusterException e) {
            LOGGER.log(
                    Level.FINE,
                    e.masked(record.mask()),
                    () -> "Not all objects of " + record.handle().driverPodName() + " have their owner");
        }
    }

    /** Takes over the driver pod, if it exists, of an application that no build waits for. */
    static void takeOver(ApplicationRecord record, Run<?, ?> run, ApplicationCluster cluster) throws IOException {
        Optional<SubmissionHandle> driver = earlierDriver(record, cluster);
        if (driver.isPresent()) {
            record.created(driver.get(), false);
            SparkApplicationsAction.of(run).save(record);
        }
    }

    private static Optional<SubmissionHandle> earlierDriver(ApplicationRecord record, ApplicationCluster cluster) {
        return new InterruptedSubmission(cluster.client(), record.handle(), record.dependants()).takeOver();
    }

    private DriverSpec check(
            SubmissionRequest request, FilePath workspace, ApplicationRecord record, ApplicationCluster cluster)
            throws IOException, InterruptedException {
        PreparedSubmission prepared = WorkspaceSubmission.check(request, workspace, build.listener());
        DriverSpec trial = prepared.driverSpec();
        record.hide(SecretMask.of(trial.properties()));
        prepared.warnings().forEach(this::warning);
        cluster.cluster().requireNamespace(trial.namespace());
        if (trial.properties().get(KubernetesOptions.SUBMIT_PREFLIGHT)) {
            PreflightReport report = Preflight.run(cluster.client(), trial);
            report.warnings().forEach(this::warning);
            report.unchecked().forEach(this::warning);
            report.throwIfFailed();
        }
        if (!prepared.uploadDirectories().isEmpty()) {
            record.staging(
                    prepared.uploadDirectories(),
                    WaitingBuild.agent(workspace),
                    !arguments().deleteUploads());
            save(record);
        }
        return trial;
    }

    private DriverSpec stage(
            SubmissionRequest request, FilePath workspace, ApplicationRecord record, SparkCluster cluster)
            throws IOException, InterruptedException {
        PreparedSubmission staged = WorkspaceSubmission.stage(request, workspace, build.listener());
        record.staged(staged.time(), staged.bytes());
        DriverSpec spec = staged.driverSpec();
        cluster.requireNamespace(spec.namespace());
        return spec;
    }

    private void create(DriverSpec spec, ApplicationRecord record, ApplicationCluster cluster)
            throws IOException, InterruptedException {
        SparkConf conf = spec.properties();
        Attempt attempt = record.isBeingCreated() ? Attempt.REPEATED : Attempt.FIRST;
        List<ObjectReference> dependants =
                spec.dependants().stream().map(ObjectReference::to).toList();
        record.creating(
                SubmissionHandle.planned(spec),
                dependants,
                MonitorConf.of(conf, record.mask()),
                arguments().followDriverLog());
        record.historyServer(cluster.cluster().getHistoryServerUrl());
        save(record);
        Instant start = Instant.now();
        boolean waits = arguments().waitForCompletion();
        DriverSubmitter.submit(
                cluster.client(), spec, attempt, new SubmissionLog(log, handle -> created(record, handle, waits)));
        record.submitted(Duration.between(start, Instant.now()));
        save(record);
        logHistoryServer(record);
    }

    private void logHistoryServer(ApplicationRecord record) {
        String page = record.toRun().getHistoryUrl();
        if (page != null) {
            log.println("[spark] history server: " + HyperlinkNote.encodeTo(page, page));
        }
    }

    private void created(ApplicationRecord record, SubmissionHandle handle, boolean waits) {
        record.created(handle, waits);
        try {
            save(record);
        } catch (IOException e) {
            throw new UncheckedIOException("The build could not be saved: " + e.getMessage(), e);
        }
    }

    private FilePath workspace() throws WorkspaceOfflineException, InterruptedException {
        try {
            return build.workspace();
        } catch (IOException e) {
            throw new WorkspaceOfflineException(e);
        }
    }

    private SubmissionArguments arguments() throws IOException, InterruptedException {
        return build.arguments();
    }

    private void warning(String sentence) {
        log.println("WARNING: " + sentence);
    }

    /** Not while the controller shuts down: the build may be the next one's already, which finds the pod by itself. */
    private void save(ApplicationRecord record) throws IOException {
        if (!runtime.isShuttingDown()) {
            SparkApplicationsAction.of(run).save(record);
        }
    }
}
