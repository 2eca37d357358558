package io.jenkins.plugins.sparkk8s.jenkins.build;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import java.io.File;
import org.springframework.security.core.Authentication;

/** A build without Jenkins. */
public final class TestRun extends Run<TestRun.TestJob, TestRun> {
    boolean building = true;
    public boolean readable = true;
    int saved;
    File directory = new File("no-such-build");

    abstract static class TestJob extends Job<TestJob, TestRun> {}

    /** The action of this build, as Jenkins attaches it. */
    public SparkApplicationsAction action() {
        SparkApplicationsAction action = SparkApplicationsAction.of(this);
        action.onAttached(this);
        return action;
    }

    @Override
    public boolean isBuilding() {
        return building;
    }

    @Override
    public File getRootDir() {
        return directory;
    }

    @Override
    public void save() {
        saved++;
    }

    @Override
    public ACL getACL() {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication authentication, Permission permission) {
                return readable;
            }
        };
    }
}
