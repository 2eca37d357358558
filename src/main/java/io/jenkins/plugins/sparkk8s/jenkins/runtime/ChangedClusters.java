package io.jenkins.plugins.sparkk8s.jenkins.runtime;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;

/** When an administrator saves the clusters, more applications may run; those of a cluster that is gone need not wait any longer. */
@Extension
public final class ChangedClusters extends SaveableListener {
    @Override
    public void onChange(Saveable saved, XmlFile file) {
        if (saved instanceof SparkClusters) {
            SparkRuntime.get().clustersChanged();
        }
    }
}
