package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;

/** Volumes that more than one step mounts. */
final class Volumes {
    private Volumes() {}

    /** Adds the volume to the pod and mounts it in Spark's container. */
    static SparkPod mount(SparkPod pod, Volume volume, String mountPath) {
        return pod.editPod(
                        builder -> builder.editOrNewSpec().addToVolumes(volume).endSpec())
                .editContainer(builder -> builder.addToVolumeMounts(new VolumeMountBuilder()
                        .withName(volume.getName())
                        .withMountPath(mountPath)
                        .build()));
    }

    /** Mounts all of a Secret. */
    static SparkPod mountSecret(SparkPod pod, String volumeName, String secretName, String mountPath) {
        Volume volume = new VolumeBuilder()
                .withName(volumeName)
                .withNewSecret()
                .withSecretName(secretName)
                .endSecret()
                .build();
        return mount(pod, volume, mountPath);
    }
}
