package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.model.Item;
import hudson.util.ListBoxModel;

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
        // WIRE: add the names of the clusters that SparkClusters lets this job use.
        return choices;
    }
}
