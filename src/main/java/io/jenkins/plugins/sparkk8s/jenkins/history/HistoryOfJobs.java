package io.jenkins.plugins.sparkk8s.jenkins.history;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives each job its {@link SparkHistoryAction}, which shows nothing of a job that never had a Spark application. */
@Extension
@SuppressWarnings("rawtypes")
public final class HistoryOfJobs extends TransientActionFactory<Job> {
    @Override
    public Class<Job> type() {
        return Job.class;
    }

    /** Not asked when any other action is looked for. */
    @Override
    public Class<? extends Action> actionType() {
        return SparkHistoryAction.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job job) {
        return List.of(new SparkHistoryAction(job));
    }
}
