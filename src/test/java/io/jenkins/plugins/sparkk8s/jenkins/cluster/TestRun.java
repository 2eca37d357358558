package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.model.Job;
import hudson.model.Run;

/** A build that nothing is asked of. */
final class TestRun extends Run<TestRun.TestJob, TestRun> {
    abstract static class TestJob extends Job<TestJob, TestRun> {}
}
