package io.jenkins.plugins.sparkk8s.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;

/** The Spark applications of one build, kept with it: its box on the build page, and what a restart goes on from. */
public final class SparkApplicationsAction implements RunAction2 {
    private final List<ApplicationRecord> applications = new ArrayList<>();
    private transient Run<?, ?> run;

    SparkApplicationsAction() {}

    /** The action of a build, which is added when it has none yet. */
    public static SparkApplicationsAction of(Run<?, ?> run) {
        synchronized (run) {
            SparkApplicationsAction action = run.getAction(SparkApplicationsAction.class);
            if (action == null) {
                action = new SparkApplicationsAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /**
     * Begins the record of one more application; to be saved before anything is done for it.
     *
     * @param id unique, also beyond this build
     * @param cluster name of the configured cluster
     */
    public synchronized ApplicationRecord begin(
            String id, String cluster, ApplicationIdentity identity, Instant start) {
        ApplicationRecord application = new ApplicationRecord(id, cluster, identity, start);
        applications.add(application);
        return application;
    }

    public synchronized Optional<ApplicationRecord> find(String id) {
        return applications.stream()
                .filter(application -> application.id().equals(id))
                .findFirst();
    }

    /** In the order they were submitted. */
    public synchronized List<ApplicationRecord> applications() {
        return List.copyOf(applications);
    }

    /** Writes all records down; returns when they are on the disk. */
    public void save() throws IOException {
        run.save();
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return "Spark";
    }

    @Override
    public String getUrlName() {
        return "spark";
    }
}
