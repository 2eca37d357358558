package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the Kubernetes objects of one application's driver: the feature steps, then the ConfigMap with
 * {@code spark.properties} ({@code Client.run} in {@code KubernetesClientApplication.scala}).
 *
 * <p>The configuration is checked once, when a builder is made. The objects are made twice: as a preview, and with the final
 * places of the uploaded files. Local files that the configuration names (templates, certificates, a keytab) are read; nothing else is touched.
 */
public final class DriverSpecBuilder {
    private final SparkApplication application;
    private final ApplicationIdentity identity;
    private final SubmitterEnvironment environment;
    private final DriverSpec preview;

    private DriverSpecBuilder(
            SparkApplication application, ApplicationIdentity identity, SubmitterEnvironment environment) {
        this.application = application;
        this.identity = identity;
        this.environment = environment;
        this.preview = check();
    }

    /**
     * Finds every error that can be found before anything is uploaded or created, also those that Spark finds only in
     * the driver.
     *
     * @throws ConfigurationException with one sentence for each error
     */
    public static DriverSpecBuilder of(
            SparkApplication application, ApplicationIdentity identity, SubmitterEnvironment environment) {
        return SecretMask.of(application.conf()).guard(() -> new DriverSpecBuilder(application, identity, environment));
    }

    /** The objects as they will be, but for the places of uploaded files; its warnings are final. */
    public DriverSpec preview() {
        return preview;
    }

    /**
     * Makes the objects. The same arguments and files make the same objects.
     *
     * @param staged where the files of the {@link StagingPlan} are now
     * @throws ConfigurationException with one sentence for each error
     * @throws IllegalStateException when a file that had to be uploaded was not
     */
    public DriverSpec build(StagedArtifacts staged) {
        return SecretMask.of(application.conf()).guard(() -> objects(conf(staged)));
    }

    private DriverSpec check() {
        Problems problems = new Problems();
        problems.collect(() -> {
            ConfigOptions.check(application.conf());
        });
        problems.collect(() -> {
            StagingPlan.of(application, identity, environment);
        });
        KubernetesDriverConf conf =
                problems.collect(() -> conf(StagingPlan.inPlace(application))).orElse(null);
        DriverSpec made = null;
        if (conf != null) {
            problems.collect(() -> {
                DriverConfigurationChecks.check(conf);
            });
            made = problems.collect(() -> objects(conf)).orElse(null);
        }
        problems.throwIfAny();
        return made;
    }

    private KubernetesDriverConf conf(StagedArtifacts staged) {
        return KubernetesDriverConf.of(application, identity, staged, environment);
    }

    private static DriverSpec objects(KubernetesDriverConf conf) {
        Problems problems = new Problems();
        KubernetesDriverBuilder.Folded folded = problems.collect(() -> new KubernetesDriverBuilder(conf).build())
                .orElse(null);
        SecretKeyChecks secrets = new SecretKeyChecks(conf.conf());
        problems.collect(secrets::refuseClearText);
        SparkConfDirFiles confDir =
                problems.collect(() -> SparkConfDirFiles.of(conf)).orElse(null);
        problems.throwIfAny();

        DriverConfVolume confVolume = DriverConfVolume.of(conf, folded.properties(), confDir.contents());
        List<HasMetadata> resources = new ArrayList<>(folded.resources());
        resources.addAll(confVolume.objects());
        List<String> warnings = new ArrayList<>(DriverConfigurationWarnings.of(conf));
        warnings.addAll(folded.warnings());
        warnings.addAll(LocalPathWarnings.of(conf, folded.pod()));
        warnings.addAll(confDir.warnings());
        warnings.addAll(secrets.warnings());
        warnings.replaceAll(SecretMask.of(conf.conf())::mask);
        DriverSpec spec = new DriverSpec(
                pod(folded.pod(), confVolume.volume()),
                folded.properties(),
                folded.preResources(),
                resources,
                warnings);
        spec.dependants().forEach(object -> markAsOwn(object, conf));
        markAsOwn(spec.pod(), conf);
        ObjectChecks.check(spec);
        secrets.refuseLeaks(spec);
        return spec;
    }

    private static Pod pod(SparkPod folded, Volume confVolume) {
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
                .addToVolumes(confVolume)
                .endSpec()
                .build();
    }

    private static void markAsOwn(HasMetadata object, KubernetesDriverConf conf) {
        object.getMetadata().setNamespace(conf.namespace());
        Map<String, String> labels = new TreeMap<>();
        if (object.getMetadata().getLabels() != null) {
            labels.putAll(object.getMetadata().getLabels());
        }
        labels.put(Constants.OWN_APPLICATION_LABEL, conf.applicationId());
        object.getMetadata().setLabels(labels);
    }
}
