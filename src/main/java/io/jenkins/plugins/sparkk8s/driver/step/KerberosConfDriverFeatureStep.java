package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.application.SubmitterFiles;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kerberos for the driver: krb5.conf, and a keytab or an existing Secret with delegation tokens.
 *
 * <p>Unlike Spark we never log in and obtain delegation tokens on the submitter's side, as a controller serves many
 * users; a configuration that needs this is refused.
 */
final class KerberosConfDriverFeatureStep implements KubernetesFeatureConfigStep {
    private static final String AUTHENTICATION = "spark.hadoop.hadoop.security.authentication";

    /** A file of the submitter that travels in an object of its own. */
    private record LocalFile(String name, byte[] content) {}

    private final KubernetesDriverConf conf;
    private final Optional<String> krb5ConfigMap;
    private final Optional<String> tokenSecret;
    private final LocalFile keytab;
    private final LocalFile krb5;
    private final String krb5Text;

    KerberosConfDriverFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        this.krb5ConfigMap = conf.conf().find(KubernetesOptions.KERBEROS_KRB5_CONFIG_MAP_NAME);
        this.tokenSecret = conf.conf().find(KubernetesOptions.KERBEROS_TOKEN_SECRET_NAME);
        Problems problems = new Problems();
        problems.collect(this::checkCombinations);
        Optional<String> krb5Path = conf.conf().find(KubernetesOptions.KERBEROS_KRB5_PATH);
        this.krb5 = krb5Path.flatMap(path -> problems.collect(() -> read(KubernetesOptions.KERBEROS_KRB5_PATH, path)))
                .orElse(null);
        this.krb5Text = krb5Path.flatMap(path -> problems.collect(() ->
                        SubmitterFiles.readText(conf.environment(), KubernetesOptions.KERBEROS_KRB5_PATH.key(), path)))
                .orElse(null);
        this.keytab = conf.conf()
                .find(CoreOptions.KEYTAB)
                .filter(path -> !ResourceUri.of(path).isContainerLocal())
                .flatMap(path -> problems.collect(() -> read(CoreOptions.KEYTAB, path)))
                .orElse(null);
        problems.throwIfAny();
    }

    private LocalFile read(ConfigOption<String> option, String path) {
        return new LocalFile(
                SubmitterFiles.fileName(conf.environment(), option.key(), path),
                SubmitterFiles.readPath(conf.environment(), option.key(), path));
    }

    private void checkCombinations() {
        Problems problems = new Problems();
        if (isSet(KubernetesOptions.KERBEROS_KRB5_PATH) && krb5ConfigMap.isPresent()) {
            problems.add("%s and %s exclude each other. Leave one of them out."
                    .formatted(
                            KubernetesOptions.KERBEROS_KRB5_PATH.key(),
                            KubernetesOptions.KERBEROS_KRB5_CONFIG_MAP_NAME.key()));
        }
        bothOrNeither(CoreOptions.PRINCIPAL, CoreOptions.KEYTAB, problems);
        bothOrNeither(
                KubernetesOptions.KERBEROS_TOKEN_SECRET_NAME,
                KubernetesOptions.KERBEROS_TOKEN_SECRET_ITEM_KEY,
                problems);
        boolean kerberos =
                conf.find(AUTHENTICATION).filter("kerberos"::equalsIgnoreCase).isPresent();
        if (kerberos && !isSet(CoreOptions.KEYTAB) && tokenSecret.isEmpty()) {
            problems.add(
                    "%s is kerberos, but this submitter does not obtain delegation tokens. Set %s and %s, or %s and %s."
                            .formatted(
                                    AUTHENTICATION,
                                    CoreOptions.PRINCIPAL.key(),
                                    CoreOptions.KEYTAB.key(),
                                    KubernetesOptions.KERBEROS_TOKEN_SECRET_NAME.key(),
                                    KubernetesOptions.KERBEROS_TOKEN_SECRET_ITEM_KEY.key()));
        }
        problems.throwIfAny();
    }

    private boolean isSet(ConfigOption<?> option) {
        return conf.conf().contains(option);
    }

    private void bothOrNeither(ConfigOption<?> one, ConfigOption<?> other, Problems problems) {
        if (isSet(one) != isSet(other)) {
            ConfigOption<?> given = isSet(one) ? one : other;
            ConfigOption<?> missing = isSet(one) ? other : one;
            problems.add("%s is set without %s. Set both or neither.".formatted(given.key(), missing.key()));
        }
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        SparkPod configured = hasKrb5() ? withKrb5(pod) : pod;
        if (keytab != null) {
            return Volumes.mountSecret(configured, Constants.KEYTAB_VOLUME, keytabSecretName(), Constants.KEYTAB_DIR);
        }
        return tokenSecret.map(secret -> withTokens(configured, secret)).orElse(configured);
    }

    private boolean hasKrb5() {
        return krb5 != null || krb5ConfigMap.isPresent();
    }

    private SparkPod withKrb5(SparkPod pod) {
        ConfigMapVolumeSourceBuilder source =
                new ConfigMapVolumeSourceBuilder().withName(krb5ConfigMap.orElseGet(this::krb5ConfigMapName));
        if (krb5 != null) {
            source.addNewItem()
                    .withKey(krb5.name())
                    .withPath(Constants.KRB5_FILE_NAME)
                    .endItem();
        }
        return pod.editPod(builder -> builder.editSpec()
                        .addToVolumes(new VolumeBuilder()
                                .withName(Constants.KRB5_VOLUME)
                                .withConfigMap(source.build())
                                .build())
                        .endSpec())
                .editContainer(builder -> builder.addToVolumeMounts(new VolumeMountBuilder()
                        .withName(Constants.KRB5_VOLUME)
                        .withMountPath(Constants.KRB5_MOUNT_PATH)
                        .withSubPath(Constants.KRB5_FILE_NAME)
                        .build()));
    }

    private SparkPod withTokens(SparkPod pod, String secret) {
        String itemKey = conf.conf()
                .find(KubernetesOptions.KERBEROS_TOKEN_SECRET_ITEM_KEY)
                .orElseThrow();
        return Volumes.mountSecret(pod, Constants.TOKEN_VOLUME, secret, Constants.TOKEN_DIR)
                .editContainer(builder -> builder.addToEnv(
                        EnvVars.of(Constants.ENV_HADOOP_TOKEN_FILE_LOCATION, Constants.TOKEN_DIR + "/" + itemKey)));
    }

    private String krb5ConfigMapName() {
        return conf.resourceName("krb5-file");
    }

    private String keytabSecretName() {
        return conf.resourceName("kerberos-keytab");
    }

    @Override
    public Map<String, String> additionalPodSystemProperties() {
        return keytab == null ? Map.of() : Map.of(CoreOptions.KEYTAB.key(), Constants.KEYTAB_DIR + "/" + keytab.name());
    }

    @Override
    public List<HasMetadata> additionalKubernetesResources() {
        List<HasMetadata> resources = new ArrayList<>();
        if (krb5 != null) {
            resources.add(ConfigMaps.of(krb5ConfigMapName(), Map.of(krb5.name(), krb5Text)));
        }
        if (keytab != null) {
            resources.add(new SecretBuilder()
                    .withNewMetadata()
                    .withName(keytabSecretName())
                    .endMetadata()
                    .withImmutable(true)
                    .addToData(keytab.name(), Base64.getEncoder().encodeToString(keytab.content()))
                    .build());
        }
        return resources;
    }
}
