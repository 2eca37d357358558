package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter.Attempt;
import io.jenkins.plugins.sparkk8s.submission.StagedApplication;
import io.jenkins.plugins.sparkk8s.submission.Submission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Prints what a submission does, and keeps what the command needs of it afterwards. */
final class CommandJournal implements Submission.Journal {
    private final Console console;
    private final Clock clock;
    private final Runnable show;
    private StagedApplication staged;
    private Duration submitting = Duration.ZERO;

    /** @param show prints the application when it has been found valid */
    CommandJournal(Console console, Clock clock, Runnable show) {
        this.console = console;
        this.clock = clock;
        this.show = show;
    }

    @Override
    public void warning(String sentence) {
        console.warning(sentence);
    }

    @Override
    public void prepared(Submission.Prepared prepared) {
        show.run();
    }

    @Override
    public void staged(StagedApplication application) {
        staged = application;
    }

    @Override
    public SubmissionHandle launch(DriverSpec spec, Submission.Launcher launcher) throws InterruptedException {
        Instant start = clock.instant();
        SubmissionHandle handle = launcher.launch(Attempt.FIRST, new SubmissionLines(console));
        submitting = Duration.between(start, clock.instant());
        return handle;
    }

    /** Null before files were uploaded, and when nothing was. */
    StagedApplication staged() {
        return staged;
    }

    SubmissionTimes times() {
        return new SubmissionTimes(staged.time(), submitting, staged.artifacts().bytes());
    }
}
