package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/** The one build of the one job of a {@link TestController}. */
public final class TestRun extends Run<TestRun.TestJob, TestRun> {
    public final TestJob job = new TestJob();

    /** Environment variables that the build hides in its log, as {@code withCredentials} makes them. */
    final Map<String, String> sensitive = new ConcurrentHashMap<>();

    private final Path home;
    private volatile boolean ended;

    public TestRun(Path home) {
        this.home = home;
    }

    /** From now on its steps get nothing of it. */
    public void end() {
        ended = true;
    }

    public void requireRunning() throws IOException {
        if (ended) {
            throw new IOException("the build has ended");
        }
    }

    public final class TestJob extends Job<TestJob, TestRun> {
        /** Who may do what with the job. */
        public ACL acl = new TestHome.Everything();

        @Override
        public ACL getACL() {
            return acl;
        }

        @Override
        public TestRun getBuildByNumber(int number) {
            return number == getNumber() ? TestRun.this : null;
        }

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
        return job;
    }

    @Override
    public File getRootDir() {
        return home.toFile();
    }

    @Override
    public void addAction(Action action) {
        super.addAction(action);
        if (action instanceof SparkApplicationsAction applications) {
            applications.onAttached(this);
        }
    }
}
