package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.List;

/**
 * Scratch directories of the driver: volumes that are named {@code spark-local-dir-…}, or else an emptyDir for each
 * configured directory. Spark shuffles the mounted ones; here they keep their order, so that a spec is reproducible.
 */
final class LocalDirsFeatureStep implements KubernetesFeatureConfigStep {
    private final String[] directories;
    private final boolean inMemory;

    LocalDirsFeatureStep(KubernetesDriverConf conf) {
        this.inMemory = conf.conf().get(KubernetesOptions.LOCAL_DIRS_TMPFS);
        this.directories = conf.environment()
                .variable(Constants.ENV_SPARK_LOCAL_DIRS)
                .or(() -> conf.conf().find(CoreOptions.LOCAL_DIR))
                .orElse("/var/data/spark-" + conf.identity().localDirId())
                .split(",");
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        List<String> mounted = pod.container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().startsWith(Constants.LOCAL_DIR_VOLUME_PREFIX))
                .map(VolumeMount::getMountPath)
                .toList();
        return mounted.isEmpty() ? withVolumes(pod) : withVariable(pod, String.join(",", mounted));
    }

    private SparkPod withVolumes(SparkPod pod) {
        SparkPod configured = withVariable(pod, String.join(",", directories));
        for (int i = 0; i < directories.length; i++) {
            configured = Volumes.mount(configured, volume(i + 1), directories[i]);
        }
        return configured;
    }

    private static SparkPod withVariable(SparkPod pod, String value) {
        return pod.editContainer(builder -> builder.addToEnv(EnvVars.of(Constants.ENV_SPARK_LOCAL_DIRS, value)));
    }

    private Volume volume(int number) {
        return new VolumeBuilder()
                .withName(Constants.LOCAL_DIR_VOLUME_PREFIX + number)
                .withNewEmptyDir()
                .withMedium(inMemory ? "Memory" : null)
                .endEmptyDir()
                .build();
    }
}
