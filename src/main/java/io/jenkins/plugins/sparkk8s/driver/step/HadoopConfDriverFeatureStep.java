package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.jenkins.plugins.sparkk8s.application.SubmitterFiles;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Hadoop configuration in the driver: the files of {@code HADOOP_CONF_DIR}, or an existing ConfigMap. */
final class HadoopConfDriverFeatureStep implements KubernetesFeatureConfigStep {
    private final KubernetesDriverConf conf;
    private final Optional<String> directory;
    private final Optional<String> existing;
    private final Map<String, String> files = new TreeMap<>();

    HadoopConfDriverFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        this.directory = conf.environment().variable(Constants.ENV_HADOOP_CONF_DIR);
        this.existing = conf.conf().find(KubernetesOptions.HADOOP_CONFIG_MAP_NAME);
        if (directory.isPresent() && existing.isPresent()) {
            throw new ConfigurationException(
                    "Both the variable %s and %s are set, but only one can give the Hadoop configuration. Leave one of them out."
                            .formatted(Constants.ENV_HADOOP_CONF_DIR, KubernetesOptions.HADOOP_CONFIG_MAP_NAME.key()));
        }
        directory.ifPresent(this::readFiles);
    }

    private void readFiles(String path) {
        Problems problems = new Problems();
        for (Path file : SubmitterFiles.filesIn(conf.environment(), Constants.ENV_HADOOP_CONF_DIR, path)) {
            problems.collect(() -> SubmitterFiles.readText(Constants.ENV_HADOOP_CONF_DIR, file))
                    .ifPresent(text -> files.put(file.getFileName().toString(), text));
        }
        problems.throwIfAny();
    }

    private String configMapName() {
        return existing.orElseGet(() -> conf.resourceName("hadoop-config"));
    }

    private boolean applies() {
        return directory.isPresent() || existing.isPresent();
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        if (!applies()) {
            return pod;
        }
        Volume volume = new VolumeBuilder()
                .withName(Constants.HADOOP_CONF_VOLUME)
                .withNewConfigMap()
                .withName(configMapName())
                .withItems(files.keySet().stream()
                        .map(name -> new KeyToPath(name, null, name))
                        .toList())
                .endConfigMap()
                .build();
        return Volumes.mount(pod, volume, Constants.HADOOP_CONF_DIR_PATH)
                .editContainer(builder ->
                        builder.addToEnv(EnvVars.of(Constants.ENV_HADOOP_CONF_DIR, Constants.HADOOP_CONF_DIR_PATH)));
    }

    @Override
    public Map<String, String> additionalPodSystemProperties() {
        return applies() ? Map.of(Constants.EXECUTOR_HADOOP_CONFIG_MAP_NAME, configMapName()) : Map.of();
    }

    @Override
    public List<HasMetadata> additionalKubernetesResources() {
        return directory.isPresent() ? List.of(ConfigMaps.of(configMapName(), files)) : List.of();
    }
}
