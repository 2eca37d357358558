package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import jenkins.model.Jenkins;

/** The one build of the one job of a {@link TestController}. */
final class TestRun extends Run<TestRun.TestJob, TestRun> {
    private final Path home;
    private volatile boolean ended;

    TestRun(Path home) {
        this.home = home;
    }

    /** From now on its steps get nothing of it. */
    void end() {
        ended = true;
    }

    void requireRunning() throws IOException {
        if (ended) {
            throw new IOException("the build has ended");
        }
    }

    final class TestJob extends Job<TestJob, TestRun> {
        @Override
        public File getRootDir() {
            return home.toFile();
        }

        @Override
        public String getName() {
            return "job";
        }

        @Override
        public ItemGroup<? extends Item> getParent() {
            return Jenkins.get();
        }
    }

    @Override
    public TestJob getParent() {
        return new TestJob();
    }

    @Override
    public File getRootDir() {
        return home.toFile();
    }

    @Override
    public void addAction(Action action) {
        super.addAction(action);
        ((SparkApplicationsAction) action).onAttached(this);
    }
}
