package io.jenkins.plugins.sparkk8s.preflight;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.Claim;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeUtils;
import io.jenkins.plugins.sparkk8s.driver.model.SecretKeyRef;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects that keys of a configuration name, apart from pod templates (section by section the feature steps of
 * Spark: {@code MountSecretsFeatureStep}, {@code EnvSecretsFeatureStep}, {@code MountVolumesFeatureStep},
 * {@code HadoopConfDriverFeatureStep}, {@code KerberosConfDriverFeatureStep}). Immutable.
 */
final class ConfiguredReferences {
    private static final String FEATURE_STEPS = "org.apache.spark.deploy.k8s.features.";

    private final SparkConf conf;
    private final SparkVersion version;

    /** @param conf one that has passed the checks of the driver's builder */
    ConfiguredReferences(SparkConf conf) {
        this.conf = conf;
        this.version = SparkVersion.of(conf);
    }

    /** What keys for the driver ask for; whether the pod really mounts it is known from the pod. */
    List<Reference> ofDriver() {
        List<Reference> references = new ArrayList<>();
        option(ObjectKind.SERVICE_ACCOUNT, KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME, references);
        conf.get(KubernetesOptions.CONTAINER_IMAGE_PULL_SECRETS)
                .forEach(name -> references.add(new Reference(
                        ObjectKind.PULL_SECRET, name, KubernetesOptions.CONTAINER_IMAGE_PULL_SECRETS.key())));
        secrets(Constants.DRIVER_SECRETS_PREFIX, references);
        secretKeyRefs(Constants.DRIVER_SECRET_KEY_REF_PREFIX, references);
        references.addAll(existingClaims(Constants.DRIVER_VOLUMES_PREFIX));
        references.addAll(storageClasses(Constants.DRIVER_VOLUMES_PREFIX));
        option(ObjectKind.CONFIG_MAP, KubernetesOptions.HADOOP_CONFIG_MAP_NAME, references);
        conf.find(KubernetesOptions.KERBEROS_KRB5_CONFIG_MAP_NAME)
                .map(name -> new Reference(
                        ObjectKind.CONFIG_MAP,
                        name,
                        Optional.of(Constants.KRB5_FILE_NAME),
                        KubernetesOptions.KERBEROS_KRB5_CONFIG_MAP_NAME.key()))
                .ifPresent(references::add);
        conf.find(KubernetesOptions.KERBEROS_TOKEN_SECRET_NAME)
                .map(name -> new Reference(
                        ObjectKind.SECRET,
                        name,
                        conf.find(KubernetesOptions.KERBEROS_TOKEN_SECRET_ITEM_KEY),
                        KubernetesOptions.KERBEROS_TOKEN_SECRET_NAME.key()))
                .ifPresent(references::add);
        return references;
    }

    /** What keys for executors ask for, without the feature steps that the user excludes. */
    List<Reference> ofExecutors() {
        List<Reference> references = new ArrayList<>();
        if (!isExcluded("MountSecretsFeatureStep")) {
            secrets(Constants.EXECUTOR_SECRETS_PREFIX, references);
        }
        if (!isExcluded("EnvSecretsFeatureStep")) {
            secretKeyRefs(Constants.EXECUTOR_SECRET_KEY_REF_PREFIX, references);
        }
        if (!isExcluded("MountVolumesFeatureStep")) {
            references.addAll(existingClaims(Constants.EXECUTOR_VOLUMES_PREFIX));
            references.addAll(storageClasses(Constants.EXECUTOR_VOLUMES_PREFIX));
        }
        return references;
    }

    /** The executors' own service account, else the driver's ({@code ExecutorKubernetesCredentialsFeatureStep}). */
    Optional<Reference> serviceAccountOfExecutors() {
        List<Reference> references = new ArrayList<>();
        if (!isExcluded("ExecutorKubernetesCredentialsFeatureStep")) {
            option(
                    ObjectKind.SERVICE_ACCOUNT,
                    DriverSideOptions.AUTHENTICATE_EXECUTOR_SERVICE_ACCOUNT_NAME,
                    references);
            option(ObjectKind.SERVICE_ACCOUNT, KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME, references);
        }
        return references.stream().findFirst();
    }

    /** The storage classes of the claims that are made for pods, one entry for each claim. */
    List<Reference> storageClasses(String prefix) {
        return claims(prefix).stream()
                .filter(volume -> claim(volume).isCreated())
                .map(volume -> new Reference(
                        ObjectKind.STORAGE_CLASS,
                        claim(volume).storageClass().orElseThrow(),
                        key(prefix, volume, "storageClass")))
                .filter(reference -> !reference.name().isEmpty())
                .toList();
    }

    /** Executors may have claims with their own id in the name; those cannot be known yet. */
    private List<Reference> existingClaims(String prefix) {
        return claims(prefix).stream()
                .filter(volume -> !claim(volume).isCreated())
                .filter(volume -> !claim(volume).claimName().contains("SPARK_EXECUTOR_ID"))
                .map(volume ->
                        new Reference(ObjectKind.CLAIM, claim(volume).claimName(), key(prefix, volume, "claimName")))
                .toList();
    }

    private List<KubernetesVolumeSpec> claims(String prefix) {
        return KubernetesVolumeUtils.parseVolumesWithPrefix(conf, prefix, version).stream()
                .filter(volume -> volume.source() instanceof Claim)
                .toList();
    }

    private static Claim claim(KubernetesVolumeSpec volume) {
        return (Claim) volume.source();
    }

    private static String key(String prefix, KubernetesVolumeSpec volume, String option) {
        return "%spersistentVolumeClaim.%s.options.%s".formatted(prefix, volume.name(), option);
    }

    private void option(ObjectKind kind, ConfigOption<String> option, List<Reference> references) {
        conf.get(option.key())
                .filter(name -> !name.isEmpty())
                .map(name -> new Reference(kind, name, option.key()))
                .ifPresent(references::add);
    }

    private void secrets(String prefix, List<Reference> references) {
        conf.withPrefix(prefix)
                .keySet()
                .forEach(name -> references.add(new Reference(ObjectKind.SECRET, name, prefix + name)));
    }

    private void secretKeyRefs(String prefix, List<Reference> references) {
        conf.withPrefix(prefix).forEach((variable, text) -> {
            SecretKeyRef reference = SecretKeyRef.parse(prefix + variable, text);
            references.add(new Reference(
                    ObjectKind.SECRET, reference.secret(), Optional.of(reference.key()), prefix + variable));
        });
    }

    private boolean isExcluded(String step) {
        return version.atLeast(4, 1)
                && conf.get(DriverSideOptions.EXECUTOR_POD_EXCLUDED_FEATURE_STEPS)
                        .contains(FEATURE_STEPS + step);
    }
}
