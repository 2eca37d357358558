package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.FilePath;
import hudson.console.HyperlinkNote;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.jenkins.agent.PreparedSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.agent.SubmissionRequest;
import io.jenkins.plugins.sparkk8s.jenkins.agent.WorkspaceSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.log.SubmissionLog;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.StepArguments;
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
import java.util.concurrent.locks.Lock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings one application of a build onto its cluster. Whatever is done is written down before it is begun, so that a repeat
 * after a crash of the controller, at any point, makes the very same objects and never a second driver.
 *
 * <p>Blocks; to be called by a thread of {@link SparkRuntime#submissions}, and ended by interrupting it.
 */
final class ApplicationSubmission {
    private static final Logger LOGGER = Logger.getLogger(ApplicationSubmission.class.getName());

    private final SparkK8sSubmitStep step;
    private final BuildContext build;
    private final SparkRuntime runtime;
    private final Run<?, ?> run;
    private final PrintStream log;

    ApplicationSubmission(SparkK8sSubmitStep step, BuildContext build, SparkRuntime runtime)
            throws IOException, InterruptedException {
        this.step = step;
        this.build = build;
        this.runtime = runtime;
        this.run = build.run();
        this.log = build.listener().getLogger();
    }

    /**
     * Draws the identity of a new application, and writes it down.
     *
     * @param id of the record, unique in the build
     */
    ApplicationRecord begin(String id) throws IOException, InterruptedException {
        build.saveState();
        SparkCluster cluster = SparkClusters.get().resolve(arguments().cluster(), run.getParent());
        SparkApplicationsAction applications = SparkApplicationsAction.of(run);
        ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC());
        ApplicationRecord record = applications.begin(id, cluster.getName(), identity, Instant.now());
        DetachedApplications.get().remember(run, record);
        applications.save();
        return record;
    }

    /** Returns when the driver pod exists, with the record in the phase RUNNING or DEPLOYED. */
    void submit(ApplicationRecord record, ApplicationCluster cluster) throws IOException, InterruptedException {
        if (record.phase() == Phase.RUNNING || record.phase() == Phase.DEPLOYED) {
            log.println("[spark] the controller is back; application %s goes on"
                    .formatted(record.handle().applicationId()));
            complete(record, cluster);
            return;
        }
        Optional<SubmissionHandle> earlier = takeOver(record, cluster);
        if (earlier.isPresent()) {
            log.println("[spark] the controller is back; the driver pod %s had been created"
                    .formatted(earlier.get().driverPodName()));
            created(record, earlier.get());
            return;
        }
        arguments().warnings().forEach(this::warning);
        SubmissionRequest request =
                new SubmissionRequestFactory(arguments(), build, cluster.cluster()).create(record.identity());
        FilePath workspace = workspace();
        EarlierApplications earlierOnes =
                new EarlierApplications(cluster.client(), check(request, workspace, record, cluster));
        earlierOnes.refuse(arguments().whenRunning());
        DriverSpec spec = stage(request, workspace, record, cluster.cluster());
        if (arguments().whenRunning().equals(SparkK8sSubmitStep.ALLOW)) {
            create(spec, record, cluster);
        } else {
            createAlone(spec, record, cluster, earlierOnes);
        }
    }

    /** Two builds of a job must not both find that none runs. */
    private void createAlone(
            DriverSpec spec, ApplicationRecord record, ApplicationCluster cluster, EarlierApplications earlierOnes)
            throws IOException, InterruptedException {
        Lock lock = runtime.lock(earlierOnes.identity());
        lock.lockInterruptibly();
        try {
            earlierOnes.refuse(arguments().whenRunning());
            earlierOnes.replace(arguments().whenRunning(), line -> log.println("[spark] " + line));
            create(spec, record, cluster);
        } finally {
            lock.unlock();
        }
    }

    /** Makes the driver the owner of what an earlier controller had no time for; an absent API server is waited for later. */
    static void complete(ApplicationRecord record, ApplicationCluster cluster) {
        if (record.isSubmitted()) {
            return;
        }
        try {
            new InterruptedSubmission(cluster.client(), record.handle(), record.dependants()).takeOver();
        } catch (ClusterException e) {
            LOGGER.log(
                    Level.FINE, e, () -> "Not all objects of " + record.handle().driverPodName() + " have their owner");
        }
    }

    private Optional<SubmissionHandle> takeOver(ApplicationRecord record, ApplicationCluster cluster) {
        return record.phase() == Phase.CREATING
                ? new InterruptedSubmission(cluster.client(), record.handle(), record.dependants()).takeOver()
                : Optional.empty();
    }

    private DriverSpec check(
            SubmissionRequest request, FilePath workspace, ApplicationRecord record, ApplicationCluster cluster)
            throws IOException, InterruptedException {
        PreparedSubmission prepared = WorkspaceSubmission.check(request, workspace, build.listener());
        prepared.warnings().forEach(this::warning);
        DriverSpec trial = prepared.driverSpec();
        cluster.cluster().requireNamespace(trial.namespace());
        if (trial.properties().get(KubernetesOptions.SUBMIT_PREFLIGHT)) {
            PreflightReport report = Preflight.run(cluster.client(), trial);
            report.warnings().forEach(this::warning);
            report.unchecked().forEach(this::warning);
            report.throwIfFailed();
        }
        if (!prepared.uploadDirectories().isEmpty()) {
            record.staging(prepared.uploadDirectories(), nodeName(workspace), !step.isDeleteUploads());
            save();
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
        Attempt attempt = record.phase() == Phase.CREATING ? Attempt.REPEATED : Attempt.FIRST;
        List<ObjectReference> dependants =
                spec.dependants().stream().map(ObjectReference::to).toList();
        record.creating(SubmissionHandle.planned(spec), dependants, MonitorConf.of(conf), step.isFollowDriverLog());
        record.historyServer(cluster.cluster().getHistoryServerUrl());
        save();
        Instant start = Instant.now();
        DriverSubmitter.submit(
                cluster.client(), spec, attempt, new SubmissionLog(log, handle -> created(record, handle)));
        record.submitted(Duration.between(start, Instant.now()));
        save();
        tellHistoryServer(record);
    }

    private void tellHistoryServer(ApplicationRecord record) {
        String page = record.toRun().getHistoryUrl();
        if (page != null) {
            log.println("[spark] history server: " + HyperlinkNote.encodeTo(page, page));
        }
    }

    private void created(ApplicationRecord record, SubmissionHandle handle) {
        record.created(handle, step.isWaitForCompletion());
        try {
            save();
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

    private static String nodeName(FilePath workspace) {
        Computer computer = workspace == null ? null : workspace.toComputer();
        return computer == null ? "" : computer.getName();
    }

    private StepArguments arguments() throws IOException, InterruptedException {
        return new StepArguments(step, build.environment());
    }

    private void warning(String sentence) {
        log.println("WARNING: " + sentence);
    }

    /** Not while the controller goes down: the build may be the next one's already, which finds the pod by itself. */
    private void save() throws IOException {
        if (!runtime.isGoingDown()) {
            SparkApplicationsAction.of(run).save();
        }
    }
}
