package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The driver's {@code /opt/spark/conf}: the objects that carry its files and the volume that shows them.
 *
 * <p>As in Spark it is one ConfigMap with {@code spark.properties} among the other files. When there are secret keys,
 * {@code spark.properties} as a whole moves to a Secret and the volume projects both into the one directory, so that
 * driver and image notice no difference.
 *
 * @param objects the Secret, if any, and then the ConfigMap
 * @param volume named {@link Constants#SPARK_CONF_VOLUME_DRIVER}
 */
record DriverConfVolume(List<HasMetadata> objects, Volume volume) {
    /** 0644 in decimal. */
    private static final int FILE_MODE = 420;

    /** @param confDir the other files, by name */
    static DriverConfVolume of(KubernetesDriverConf conf, SparkConf properties, Map<String, String> confDir) {
        boolean secret =
                !properties.secretKeys().isEmpty() || properties.get(KubernetesOptions.SUBMIT_SECRETS_IN_SECRET);
        return secret ? projected(conf, properties, confDir) : configMap(conf, properties, confDir);
    }

    /** Without the objects, one of which may be a Secret. */
    @Override
    public String toString() {
        return "conf volume from %d objects".formatted(objects.size());
    }

    private static DriverConfVolume configMap(
            KubernetesDriverConf conf, SparkConf properties, Map<String, String> confDir) {
        Map<String, String> files = new TreeMap<>(confDir);
        files.put(Constants.SPARK_CONF_FILE_NAME, SparkProperties.text(conf.driverConfigMapName(), properties.toMap()));
        Volume volume = named().withNewConfigMap()
                .withName(conf.driverConfigMapName())
                .withItems(items(files.keySet()))
                .endConfigMap()
                .build();
        return new DriverConfVolume(List.of(configMap(conf, files)), volume);
    }

    /** A ConfigMap without a file would be projected with all its keys; there is none then. */
    private static DriverConfVolume projected(
            KubernetesDriverConf conf, SparkConf properties, Map<String, String> confDir) {
        List<HasMetadata> objects = new ArrayList<>();
        List<VolumeProjection> sources = new ArrayList<>();
        objects.add(secret(conf, SparkProperties.text(conf.driverConfSecretName(), properties.toMap())));
        sources.add(new VolumeProjectionBuilder()
                .withNewSecret()
                .withName(conf.driverConfSecretName())
                .withItems(items(List.of(Constants.SPARK_CONF_FILE_NAME)))
                .endSecret()
                .build());
        if (!confDir.isEmpty()) {
            objects.add(configMap(conf, confDir));
            sources.add(new VolumeProjectionBuilder()
                    .withNewConfigMap()
                    .withName(conf.driverConfigMapName())
                    .withItems(items(confDir.keySet()))
                    .endConfigMap()
                    .build());
        }
        Volume volume =
                named().withNewProjected().withSources(sources).endProjected().build();
        return new DriverConfVolume(List.copyOf(objects), volume);
    }

    private static VolumeBuilder named() {
        return new VolumeBuilder().withName(Constants.SPARK_CONF_VOLUME_DRIVER);
    }

    private static List<KeyToPath> items(Collection<String> fileNames) {
        return fileNames.stream()
                .map(name -> new KeyToPath(name, FILE_MODE, name))
                .toList();
    }

    private static ConfigMap configMap(KubernetesDriverConf conf, Map<String, String> files) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(conf.driverConfigMapName())
                .endMetadata()
                .withImmutable(true)
                .withData(files)
                .addToData(KubernetesOptions.NAMESPACE.key(), conf.namespace())
                .build();
    }

    private static Secret secret(KubernetesDriverConf conf, String text) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(conf.driverConfSecretName())
                .endMetadata()
                .withImmutable(true)
                .addToData(
                        Constants.SPARK_CONF_FILE_NAME,
                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
