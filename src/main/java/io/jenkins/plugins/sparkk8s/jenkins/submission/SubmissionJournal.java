package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.jenkins.agent.JobStorage;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ApplicationCluster;
import io.jenkins.plugins.sparkk8s.jenkins.log.SubmissionLog;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter.Attempt;
import io.jenkins.plugins.sparkk8s.submission.StagedApplication;
import io.jenkins.plugins.sparkk8s.submission.Submission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Writes each step of a submission into the record before it begins, and enforces what the cluster and the step allow:
 * namespaces, and what {@code whenRunning} says of applications that still run.
 *
 * <p>Nothing that the record does not have is begun: when the controller shuts down the submission ends, since the build may
 * be the next controller's already.
 */
final class SubmissionJournal implements Submission.Journal {
    private final Run<?, ?> run;
    private final ApplicationRecord record;
    private final ApplicationCluster cluster;
    private final SubmissionContext context;
    private final String agent;
    private final SubmissionArguments arguments;
    private final PrintStream log;

    /** @param agent name of the node that uploads; empty for the built-in one */
    SubmissionJournal(
            BuildContext build,
            ApplicationRecord record,
            ApplicationCluster cluster,
            SubmissionContext context,
            String agent)
            throws IOException, InterruptedException {
        this.run = build.run();
        this.record = record;
        this.cluster = cluster;
        this.context = context;
        this.agent = agent;
        this.arguments = build.arguments();
        this.log = build.listener().getLogger();
    }

    @Override
    public void warning(String sentence) {
        log.println("WARNING: " + sentence);
    }

    @Override
    public void prepared(Submission.Prepared prepared) throws IOException {
        cluster.cluster().requireNamespace(prepared.preview().namespace());
    }

    @Override
    public void staging(Submission.Prepared prepared) throws IOException, InterruptedException {
        earlier(prepared.preview()).refuse(arguments.whenRunning());
        if (!prepared.uploadDirectories().isEmpty()) {
            record.staging(
                    prepared.uploadDirectories(),
                    agent,
                    !arguments.deleteUploads(),
                    JobStorage.settings(
                            prepared.preview().properties(), cluster.cluster().defaults()));
            save();
        }
    }

    @Override
    public void staged(StagedApplication staged) throws IOException {
        record.staged(staged.time(), staged.artifacts().bytes());
        cluster.cluster().requireNamespace(staged.spec().namespace());
    }

    @Override
    public SubmissionHandle launch(DriverSpec spec, Submission.Launcher launcher)
            throws IOException, InterruptedException {
        WhenRunning whenRunning = arguments.whenRunning();
        if (whenRunning == WhenRunning.ALLOW) {
            return create(spec, launcher);
        }
        EarlierApplications earlier = earlier(spec);
        // Two builds of a job must not both find that none runs.
        return context.locks().call(earlier.identity(), () -> {
            earlier.refuse(whenRunning);
            earlier.replace(whenRunning, line -> log.println("[spark] " + line));
            return create(spec, launcher);
        });
    }

    private EarlierApplications earlier(DriverSpec spec) {
        return new EarlierApplications(
                cluster.client(), spec, BuildLabels.job(run), record.identity().applicationId());
    }

    private SubmissionHandle create(DriverSpec spec, Submission.Launcher launcher)
            throws IOException, InterruptedException {
        SparkConf conf = spec.properties();
        Attempt attempt = record.isBeingCreated() ? Attempt.REPEATED : Attempt.FIRST;
        List<ObjectReference> dependants =
                spec.dependants().stream().map(ObjectReference::to).toList();
        record.creating(
                SubmissionHandle.planned(spec),
                dependants,
                MonitorConf.of(conf, record.mask()),
                arguments.followDriverLog());
        record.historyServer(cluster.cluster().getHistoryServerUrl());
        save();
        Instant start = Instant.now();
        SubmissionHandle handle = launcher.launch(attempt, new SubmissionLog(log, this::created));
        record.submitted(Duration.between(start, Instant.now()));
        saveWhatIsDone();
        return handle;
    }

    private void created(SubmissionHandle handle) {
        record.created(handle, arguments.waitForCompletion());
        try {
            saveWhatIsDone();
        } catch (IOException e) {
            throw new UncheckedIOException("The build could not be saved: " + e.getMessage(), e);
        }
    }

    private void save() throws IOException, InterruptedException {
        if (context.threads().isShuttingDown()) {
            throw new InterruptedException("The controller is shutting down.");
        }
        saveWhatIsDone();
    }

    /** Not while the controller shuts down: the next one finds the driver pod by itself. */
    private void saveWhatIsDone() throws IOException {
        if (!context.threads().isShuttingDown()) {
            SparkApplicationsAction.of(run).save(record);
        }
    }
}
