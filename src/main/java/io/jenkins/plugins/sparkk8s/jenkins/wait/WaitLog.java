package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationLabel;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationListener;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationLog;
import io.jenkins.plugins.sparkk8s.jenkins.log.BuildLog;
import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogFileFolder;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogFolder;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.watch.WatchingBuild;
import java.io.IOException;
import java.util.Optional;

/** The log of a build that waits: without the secrets of the application, and each line with its label. */
final class WaitLog implements WatchingBuild {
    private final RequestingBuild build;

    /** Null until the wait has begun. */
    private volatile ApplicationRecord copy;

    private volatile ApplicationLabel label;

    WaitLog(RequestingBuild build) {
        this.build = build;
    }

    void use(Run<?, ?> run, ApplicationRecord known) {
        label = ApplicationLabel.of(run, known);
        copy = known;
    }

    /**
     * Continues what an earlier wait of the build has left, if there is one; before any line.
     *
     * @param record id of the record that is waited for
     * @param id of this wait
     */
    void continueEarlier(String record, String id) throws IOException, InterruptedException {
        Run<?, ?> run = run();
        Optional<ApplicationRecord> left = SparkApplicationsAction.of(run).takeLeft(record);
        if (left.isPresent()) {
            CheckpointFile.of(run, left.get()).move(CheckpointFile.of(run, id));
            LogFileFolder.move(LogFolder.of(run, left.get().id()), LogFolder.of(run, id));
        }
    }

    /** The build may wait once more; how far it was shown is kept until the build ends. Does nothing before the wait has begun. */
    void leave() throws IOException, InterruptedException {
        ApplicationRecord known = copy;
        if (known == null) {
            return;
        }
        known.leaveWait();
        SparkApplicationsAction.of(run()).save(known);
        if (!run().isBuilding()) {
            forget();
        }
    }

    /** Nothing is to be shown after this. */
    void forget() throws IOException, InterruptedException {
        CheckpointFile.of(run(), copy).delete();
    }

    @Override
    public Run<?, ?> run() throws IOException, InterruptedException {
        return build.run();
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public ApplicationLog log() throws IOException, InterruptedException {
        ApplicationRecord known = copy;
        return new BuildLog(
                build.run(),
                known == null
                        ? build.listener().getLogger()
                        : new ApplicationListener(build.listener(), known::mask, label).getLogger());
    }
}
