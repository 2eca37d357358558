package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.jenkins.plugins.sparkk8s.application.SubmitterFiles;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the driver talks to the API server with: credentials in a Secret, or else a service account. */
final class DriverKubernetesCredentialsFeatureStep implements KubernetesFeatureConfigStep {
    private static final String OAUTH_TOKEN = "oauthToken";
    private static final String REDACTED = "<present_but_redacted>";
    private static final List<Credential> FILES = List.of(
            new Credential("caCertFile", "caCertFile", "ca-cert"),
            new Credential("clientKeyFile", "clientKeyFile", "client-key"),
            new Credential("clientCertFile", "clientCertFile", "client-cert"));
    private static final Credential TOKEN = new Credential(OAUTH_TOKEN, "oauthTokenFile", "oauth-token");

    /**
     * One kind of credential.
     *
     * @param suffix of the key with the submitter's value or file
     * @param mountedSuffix of the key with the path in the driver's container
     * @param secretKey in our Secret
     */
    private record Credential(String suffix, String mountedSuffix, String secretKey) {
        String key() {
            return Constants.DRIVER_AUTH_PREFIX + suffix;
        }

        String mountedKey() {
            return Constants.DRIVER_MOUNTED_AUTH_PREFIX + mountedSuffix;
        }

        String mountedPath() {
            return Constants.DRIVER_CREDENTIALS_DIR + "/" + secretKey;
        }
    }

    private final KubernetesDriverConf conf;
    private final Optional<String> serviceAccount;
    private final Map<String, String> secretData;

    DriverKubernetesCredentialsFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        this.serviceAccount = conf.conf().find(KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME);
        this.secretData = new TreeMap<>();
        Problems problems = new Problems();
        for (Credential credential : FILES) {
            problems.collect(() ->
                    conf.find(credential.key()).ifPresent(path -> put(credential, read(credential, path))));
        }
        conf.find(TOKEN.key()).ifPresent(token -> put(TOKEN, token.getBytes(StandardCharsets.UTF_8)));
        problems.throwIfAny();
    }

    private byte[] read(Credential credential, String path) {
        return SubmitterFiles.readPath(conf.environment(), credential.key(), path);
    }

    private void put(Credential credential, byte[] content) {
        secretData.put(credential.secretKey(), Base64.getEncoder().encodeToString(content));
    }

    private String secretName() {
        return conf.resourceName("kubernetes-credentials");
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        if (!secretData.isEmpty()) {
            return Volumes.mountSecret(
                    pod, Constants.DRIVER_CREDENTIALS_VOLUME, secretName(), Constants.DRIVER_CREDENTIALS_DIR);
        }
        return serviceAccount
                .map(account -> pod.editPod(builder -> builder.editOrNewSpec()
                        .withServiceAccount(account)
                        .withServiceAccountName(account)
                        .endSpec()))
                .orElse(pod);
    }

    @Override
    public Map<String, String> additionalPodSystemProperties() {
        Map<String, String> properties = new TreeMap<>();
        conf.conf().toMap().keySet().stream()
                .filter(key -> key.endsWith(OAUTH_TOKEN))
                .forEach(key -> properties.put(key, REDACTED));
        FILES.forEach(credential -> mounted(credential, properties));
        mounted(TOKEN, properties);
        return properties;
    }

    private void mounted(Credential credential, Map<String, String> properties) {
        conf.find(credential.mountedKey())
                .or(() -> Optional.of(credential.mountedPath())
                        .filter(path -> secretData.containsKey(credential.secretKey())))
                .ifPresent(path -> properties.put(credential.mountedKey(), path));
    }

    @Override
    public List<HasMetadata> additionalKubernetesResources() {
        if (secretData.isEmpty()) {
            return List.of();
        }
        return List.of(new SecretBuilder()
                .withNewMetadata()
                .withName(secretName())
                .endMetadata()
                .withImmutable(true)
                .withData(secretData)
                .build());
    }

    @Override
    public List<String> warnings() {
        return secretData.isEmpty() || serviceAccount.isEmpty()
                ? List.of()
                : List.of("%s is not applied, because credentials for the driver are given under %s as well."
                        .formatted(
                                KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME.key(),
                                Constants.DRIVER_AUTH_PREFIX));
    }
}
