package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.model.FieldChecks;

/** The configured clusters that a form offers. */
final class ClusterChoices {
    private ClusterChoices() {}

    /**
     * The clusters that the job may use, by name, after the empty choice, which says what it stands for.
     *
     * @param job null outside of a job, as in the snippet generator of Jenkins itself
     */
    static ListBoxModel usableBy(Item job) {
        ListBoxModel named = SparkClusters.get().fill(job);
        ListBoxModel choices = new ListBoxModel();
        choices.add(
                switch (named.size()) {
                    case 0 -> Messages.ClusterChoices_None();
                    case 1 -> Messages.ClusterChoices_Only(named.get(0).name);
                    default -> Messages.ClusterChoices_Several();
                },
                "");
        choices.addAll(named);
        return choices;
    }

    /** Whether a build with this choice would find its cluster; a variable is known only there. */
    static FormValidation check(Item job, String name) {
        if (FieldChecks.hasVariable(name)) {
            return FormValidation.ok();
        }
        try {
            SparkClusters.get().resolve(Util.fixEmptyAndTrim(name), job);
            return FormValidation.ok();
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
