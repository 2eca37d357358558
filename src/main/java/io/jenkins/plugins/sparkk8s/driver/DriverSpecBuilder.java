package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.staging.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.StagingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes the Kubernetes objects of a driver: the feature steps, then the ConfigMap with {@code spark.properties}
 * ({@code Client.run} in {@code KubernetesClientApplication.scala}).
 *
 * <p>Local files that the configuration names (templates, certificates, a keytab) are read; nothing else is touched.
 */
public final class DriverSpecBuilder {
    /** 0644 in decimal. */
    private static final int FILE_MODE = 420;

    /** For checks: names made with it are as long as real ones. */
    private static final ApplicationIdentity EXAMPLE = new ApplicationIdentity(
            "spark-" + "0".repeat(32), "0".repeat(16), "0".repeat(16), "0".repeat(16), new UUID(0, 0).toString(), 0);

    private final KubernetesDriverConf conf;

    private DriverSpecBuilder(KubernetesDriverConf conf) {
        this.conf = conf;
    }

    /**
     * Finds every mistake that can be found before anything is uploaded or created, also those that Spark finds only in
     * the driver.
     *
     * @return what the objects will be like, warnings included; an example, as identity and places of uploaded files
     *     are not the final ones
     * @throws ConfigurationException with one sentence for each mistake
     */
    public static DriverSpec check(SparkApplication application, SubmitterEnvironment environment) {
        Problems problems = new Problems();
        problems.collect(() -> {
            ConfigOptions.check(application.conf());
        });
        problems.collect(() -> {
            StagingPlan.of(application, EXAMPLE);
        });
        KubernetesDriverConf conf = problems.collect(() ->
                        KubernetesDriverConf.of(application, EXAMPLE, StagingPlan.inPlace(application), environment))
                .orElse(null);
        DriverSpec example = null;
        if (conf != null) {
            problems.collect(() -> {
                DriverConfigurationChecks.check(conf);
            });
            example =
                    problems.collect(() -> new DriverSpecBuilder(conf).build()).orElse(null);
        }
        problems.throwIfAny();
        return example;
    }

    /**
     * Makes the objects of one driver. The same arguments and files make the same objects.
     *
     * @param staged where the files of the {@link StagingPlan} are now
     * @throws ConfigurationException with one sentence for each mistake
     * @throws IllegalStateException when a file that had to be uploaded was not
     */
    public static DriverSpec build(
            SparkApplication application,
            ApplicationIdentity identity,
            StagedArtifacts staged,
            SubmitterEnvironment environment) {
        Problems problems = new Problems();
        problems.collect(() -> {
            ConfigOptions.check(application.conf());
        });
        DriverSpec spec = problems.collect(
                        () -> new DriverSpecBuilder(KubernetesDriverConf.of(application, identity, staged, environment))
                                .build())
                .orElse(null);
        problems.throwIfAny();
        return spec;
    }

    private DriverSpec build() {
        Problems problems = new Problems();
        KubernetesDriverBuilder.Folded folded = problems.collect(() -> new KubernetesDriverBuilder(conf).build())
                .orElse(null);
        SparkConfDirFiles confDir =
                problems.collect(() -> SparkConfDirFiles.of(conf)).orElse(null);
        problems.throwIfAny();

        Map<String, String> files = new TreeMap<>(confDir.contents());
        files.put(
                Constants.SPARK_CONF_FILE_NAME,
                SparkProperties.text(
                        conf.driverConfigMapName(), folded.properties().toMap()));
        List<HasMetadata> resources = new ArrayList<>(folded.resources());
        resources.add(configMap(files));
        List<String> warnings = new ArrayList<>(folded.warnings());
        warnings.addAll(confDir.warnings());
        DriverSpec spec = new DriverSpec(
                pod(folded.pod(), files), folded.properties(), folded.preResources(), resources, warnings);
        spec.dependants().forEach(this::markAsOwn);
        markAsOwn(spec.pod());
        ObjectChecks.check(spec);
        return spec;
    }

    private ConfigMap configMap(Map<String, String> files) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(conf.driverConfigMapName())
                .endMetadata()
                .withImmutable(true)
                .withData(files)
                .addToData(KubernetesOptions.NAMESPACE.key(), conf.namespace())
                .build();
    }

    private Pod pod(SparkPod folded, Map<String, String> files) {
        SparkPod complete = folded.editContainer(container -> container
                .addNewEnv()
                .withName(Constants.ENV_SPARK_CONF_DIR)
                .withValue(Constants.SPARK_CONF_DIR_INTERNAL)
                .endEnv()
                .addNewVolumeMount()
                .withName(Constants.SPARK_CONF_VOLUME_DRIVER)
                .withMountPath(Constants.SPARK_CONF_DIR_INTERNAL)
                .endVolumeMount());
        return new PodBuilder(complete.pod())
                .editSpec()
                .addToContainers(complete.container())
                .addNewVolume()
                .withName(Constants.SPARK_CONF_VOLUME_DRIVER)
                .withNewConfigMap()
                .withName(conf.driverConfigMapName())
                .withItems(files.keySet().stream()
                        .map(name -> new KeyToPath(name, FILE_MODE, name))
                        .toList())
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build();
    }

    private void markAsOwn(HasMetadata object) {
        object.getMetadata().setNamespace(conf.namespace());
        Map<String, String> labels = new TreeMap<>();
        if (object.getMetadata().getLabels() != null) {
            labels.putAll(object.getMetadata().getLabels());
        }
        labels.put(Constants.OWN_APPLICATION_LABEL, conf.applicationId());
        object.getMetadata().setLabels(labels);
    }
}
