package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.model.Descriptor;

/** What the form asks while an administrator fills it in. */
public abstract class SparkClusterDescriptor extends Descriptor<SparkCluster> {
    SparkClusterDescriptor() {
        super(SparkCluster.class);
    }

    @Override
    public String getDisplayName() {
        return Texts.of("SparkCluster.DisplayName");
    }
}
