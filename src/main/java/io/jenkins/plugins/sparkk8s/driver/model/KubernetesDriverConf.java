package io.jenkins.plugins.sparkk8s.driver.model;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.MainResource;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesNames;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every feature step may ask about the application: the configuration, the names that follow from it, and where
 * its files are ({@code KubernetesDriverConf} in {@code KubernetesConf.scala}). Immutable.
 *
 * @param application whose configuration no longer has a {@code spark.driver.host}
 * @param version of the Spark in the image
 */
public record KubernetesDriverConf(
        SparkApplication application,
        ApplicationIdentity identity,
        StagedArtifacts staged,
        SubmitterEnvironment environment,
        SparkVersion version) {

    private static final String DRIVER_SERVICE_SUFFIX = "-driver-svc";
    private static final List<String> RESERVED_LABELS = List.of(
            Constants.SPARK_VERSION_LABEL,
            Constants.SPARK_APP_ID_LABEL,
            Constants.SPARK_APP_NAME_LABEL,
            Constants.SPARK_ROLE_LABEL);

    /**
     * @throws ConfigurationException when the Spark version of the image is not a supported one
     */
    public static KubernetesDriverConf of(
            SparkApplication application,
            ApplicationIdentity identity,
            StagedArtifacts staged,
            SubmitterEnvironment environment) {
        SparkConf conf = application.conf().without(CoreOptions.DRIVER_HOST.key());
        return new KubernetesDriverConf(
                application.withConf(conf), identity, staged, environment, SparkVersion.of(conf));
    }

    public SparkConf conf() {
        return application.conf();
    }

    public MainResource mainResource() {
        return application.mainResource();
    }

    public String applicationId() {
        return identity.applicationId();
    }

    /** {@code spark} when the application has no name, as in Spark. */
    public String appName() {
        return conf().find(CoreOptions.APP_NAME).orElse("spark");
    }

    public String namespace() {
        return conf().get(KubernetesOptions.NAMESPACE);
    }

    public String resourceNamePrefix() {
        return KubernetesNames.resourceNamePrefix(appName(), identity.nameId());
    }

    public String driverPodName() {
        return conf().find(KubernetesOptions.DRIVER_POD_NAME).orElse(resourceNamePrefix() + "-driver");
    }

    /** The name that Spark would like for the driver's Service, however long. */
    public String preferredServiceName() {
        return resourceNamePrefix() + DRIVER_SERVICE_SUFFIX;
    }

    public String driverServiceName() {
        String preferred = preferredServiceName();
        return preferred.length() <= Constants.DNS_LABEL_MAX_LENGTH
                ? preferred
                : "spark-" + identity.serviceId() + DRIVER_SERVICE_SUFFIX;
    }

    public String driverConfigMapName() {
        return KubernetesNames.driverConfigMap(identity.configMapId());
    }

    /** The Secret that carries {@code spark.properties} when some of it is secret. */
    public String driverConfSecretName() {
        return KubernetesNames.driverConfSecret(identity.configMapId());
    }

    /**
     * Labels of the driver pod, which are also the selector of its Service.
     *
     * @throws ConfigurationException when the user sets one that is Spark's own
     */
    public SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>();
        conf().withPrefix(Constants.DRIVER_LABEL_PREFIX).forEach((key, value) -> {
            refuseReserved(key);
            labels.put(key, version.atLeast(4, 0) ? withIds(value) : value);
        });
        labels.put(Constants.SPARK_VERSION_LABEL, version.text());
        labels.put(Constants.SPARK_APP_ID_LABEL, applicationId());
        labels.put(Constants.SPARK_APP_NAME_LABEL, KubernetesNames.appNameLabel(appName()));
        labels.put(Constants.SPARK_ROLE_LABEL, Constants.SPARK_POD_DRIVER_ROLE);
        return labels;
    }

    private static void refuseReserved(String key) {
        if (RESERVED_LABELS.contains(key)) {
            throw new ConfigurationException("%s%s sets the label %s, which Spark sets itself. Choose another label."
                    .formatted(Constants.DRIVER_LABEL_PREFIX, key, key));
        }
    }

    public SortedMap<String, String> annotations() {
        SortedMap<String, String> annotations = conf().withPrefix(Constants.DRIVER_ANNOTATION_PREFIX);
        annotations.replaceAll((key, value) -> withIds(value));
        return annotations;
    }

    private String withIds(String value) {
        return value.replace("{{APP_ID}}", applicationId()).replace("{{EXECUTOR_ID}}", "");
    }

    /**
     * The driver's image.
     *
     * @throws ConfigurationException when none is set
     */
    public String image() {
        String image = conf().find(KubernetesOptions.DRIVER_CONTAINER_IMAGE)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new ConfigurationException(
                        "The driver has no container image: set %s, or %s for the driver alone."
                                .formatted(
                                        KubernetesOptions.CONTAINER_IMAGE.key(),
                                        KubernetesOptions.DRIVER_CONTAINER_IMAGE.key())));
        return version.atLeast(4, 1) ? image.replace("{{SPARK_VERSION}}", version.text()) : image;
    }

    /** The name of an object of this application: prefix, dash and suffix. */
    public String resourceName(String suffix) {
        return resourceNamePrefix() + "-" + suffix;
    }

    public Optional<String> find(String key) {
        return conf().get(key);
    }

    public Map<String, String> withPrefix(String prefix) {
        return conf().withPrefix(prefix);
    }
}
