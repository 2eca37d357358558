package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.model.EmptyDirVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.HostPathVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.NfsVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.PersistentVolumeClaimVolume;
import io.jenkins.plugins.sparkk8s.jenkins.stored.StoredXml;

/** The names of the plugin's classes in the files of Jenkins itself: configurations of jobs, and builds. */
public final class StoredNames {
    private StoredNames() {}

    /** Called by Jenkins, before it loads a job. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        StoredXml.addNames(
                Items.XSTREAM2,
                SparkK8sSubmitBuilder.class,
                EmptyDirVolume.class,
                HostPathVolume.class,
                NfsVolume.class,
                PersistentVolumeClaimVolume.class);
        StoredXml.addNames(Run.XSTREAM2, SparkApplicationsAction.class);
    }
}
