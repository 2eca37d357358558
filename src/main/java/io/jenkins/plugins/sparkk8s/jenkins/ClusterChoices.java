package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;

/** The configured clusters that a form offers. */
final class ClusterChoices {
    private ClusterChoices() {}

    /**
     * The clusters that the job may use, by name, after the empty choice for the only one.
     *
     * @param job null outside of a job, as in the snippet generator of Jenkins itself
     */
    static ListBoxModel usableBy(Item job) {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Texts.of("SubmitStepDescriptor.OnlyCluster"), "");
        choices.addAll(SparkClusters.get().fill(job));
        return choices;
    }
}
