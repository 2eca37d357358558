package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.FilePath;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.agent.SubmissionRequest;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ApplicationCluster;
import io.jenkins.plugins.sparkk8s.jenkins.failure.WorkspaceOfflineException;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueuedUse;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import io.jenkins.plugins.sparkk8s.submission.Submission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The controller's part of a {@link Submission}: begins the record of an application of a build, and submits it or takes over
 * the driver that an earlier controller created. {@link AgentWorkspace} prepares and stages, {@link SubmissionJournal} writes
 * each step down before it begins; so a repeat after a crash of the controller, at any point, makes the very same objects and
 * never a second driver.
 *
 * <p>Blocks; to be called by a thread of {@link LifecycleThreads#submission}, and ended by interrupting it.
 */
public final class ApplicationSubmission {
    private final BuildContext build;
    private final SubmissionContext context;
    private final PrintStream log;

    public ApplicationSubmission(BuildContext build, SubmissionContext context)
            throws IOException, InterruptedException {
        this.build = build;
        this.context = context;
        this.log = build.listener().getLogger();
    }

    /**
     * Generates the identity of a new application, and saves it.
     *
     * @param id of the record, unique in the build
     * @param ofBuild hides what the build itself hides, until the secrets of the application are looked up
     */
    public ApplicationRecord begin(String id, SecretMask ofBuild) throws IOException, InterruptedException {
        build.saveState();
        Run<?, ?> run = build.run();
        SubmissionArguments arguments = build.arguments();
        SparkCluster cluster = context.clusters().resolve(arguments.cluster(), run.getParent());
        SparkApplicationsAction applications = SparkApplicationsAction.of(run);
        ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC());
        ApplicationRecord record = applications.begin(id, cluster.getName(), identity, Instant.now());
        record.hide(ofBuild);
        record.named(arguments.name());
        try {
            enterQueue(run, record);
            applications.save(record);
        } catch (IOException | RuntimeException e) {
            context.queue().leave(id);
            throw e;
        }
        return record;
    }

    private void enterQueue(Run<?, ?> run, ApplicationRecord record) throws IOException {
        QueuedUse use = new QueuedUse(record.cluster(), run.getParent().getFullName());
        OptionalLong number = context.queue().enter(record.id(), use);
        if (number.isPresent()) {
            record.queued();
            context.open().putQueued(run, record, number.getAsLong());
        } else {
            context.open().put(run, record);
        }
    }

    /** As {@link #submit}, but takes over the driver pod if an earlier controller has created it. */
    public void takeOverOrSubmit(ApplicationRecord record, ApplicationCluster cluster)
            throws IOException, InterruptedException {
        EarlierDriver earlier = new EarlierDriver(record, cluster);
        Optional<SubmissionHandle> driver = earlier.find();
        if (driver.isPresent()) {
            log.println("[spark] the controller has restarted; the driver pod %s had already been created"
                    .formatted(driver.get().driverPodName()));
            record.created(driver.get(), build.arguments().waitForCompletion());
            SparkApplicationsAction.of(build.run()).save(record);
        } else {
            submit(record, cluster);
        }
    }

    /** Returns when the driver pod exists, with the record in the phase RUNNING or DEPLOYED. */
    public void submit(ApplicationRecord record, ApplicationCluster cluster) throws IOException, InterruptedException {
        SubmissionRequest request =
                new SubmissionRequestFactory(build.arguments(), build, cluster.cluster()).create(record);
        AgentWorkspace workspace =
                new AgentWorkspace(request, workspace(), new ApplicationSecrets(record, build.run()), build.listener());
        new Submission(
                        cluster.client(),
                        workspace,
                        new SubmissionJournal(build, record, cluster, context, workspace.agent()))
                .run();
        String page = SparkApplicationRun.of(record).getHistoryUrl();
        if (page != null) {
            log.println("[spark] history server: " + HyperlinkNote.encodeTo(page, page));
        }
    }

    private FilePath workspace() throws WorkspaceOfflineException, InterruptedException {
        try {
            return build.workspace();
        } catch (IOException e) {
            throw new WorkspaceOfflineException(e);
        }
    }
}
