package hudson.model;

import java.io.File;

public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem {
    public RunT getBuildByNumber(int number) {
        return null;
    }

    public File getBuildDir() {
        return new File(getRootDir(), "builds");
    }
}
