package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Utils;
import io.jenkins.plugins.sparkk8s.application.KubernetesMaster;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.application.SubmitterFiles;
import io.jenkins.plugins.sparkk8s.application.YamlErrors;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the API client of a submission ({@code SparkKubernetesClientFactory.scala}): settings of the kubeconfig (or of
 * the service account when run in a pod), then those of the configuration.
 *
 * <p>The configuration of a client holds credentials and is never logged.
 */
public final class KubernetesClientFactory {
    private static final Logger LOGGER = Logger.getLogger(KubernetesClientFactory.class.getName());
    private static final int RETRIES = 3;
    private static final String TOKEN = Constants.SUBMISSION_AUTH_PREFIX + "oauthToken";
    private static final String TOKEN_FILE = Constants.SUBMISSION_AUTH_PREFIX + "oauthTokenFile";
    private static final String CA_CERT_FILE = Constants.SUBMISSION_AUTH_PREFIX + "caCertFile";
    private static final String CLIENT_KEY_FILE = Constants.SUBMISSION_AUTH_PREFIX + "clientKeyFile";
    private static final String CLIENT_CERT_FILE = Constants.SUBMISSION_AUTH_PREFIX + "clientCertFile";

    private final SparkConf conf;
    private final SubmitterEnvironment environment;

    private KubernetesClientFactory(SparkConf conf, SubmitterEnvironment environment) {
        this.conf = conf;
        this.environment = environment;
    }

    /**
     * A client for {@code spark.master}, in {@code spark.kubernetes.namespace}; to be closed by the caller. It does not
     * talk to the API server yet.
     *
     * @throws ConfigurationException when the settings contradict each other, or a file cannot be used
     */
    public static KubernetesClient create(SparkConf conf, SubmitterEnvironment environment) {
        return SecretMask.of(conf).guard(() -> new KubernetesClientFactory(conf, environment).client());
    }

    private KubernetesClient client() {
        Config config = config();
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new ApiHttpClients())
                    .build();
        } catch (KubernetesClientException | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "The API client cannot be made: {0}", e.getClass());
            throw ClientSetupErrors.of(conf, config, e);
        }
    }

    private Config config() {
        Problems problems = new Problems();
        Optional<KubernetesMaster> master = problems.collect(
                () -> KubernetesMaster.parse(conf.find(CoreOptions.MASTER).orElse("")));
        Optional<Config> configured = problems.collect(this::autoConfigured);
        configured.ifPresent(config -> {
            problems.collect(() -> {
                connection(config);
            });
            problems.collect(() -> {
                credentials(config);
            });
        });
        problems.throwIfAny();
        Config config = configured.orElseThrow();
        config.setMasterUrl(master.orElseThrow().apiServerUrl());
        config.setApiVersion("v1");
        return config;
    }

    private Config autoConfigured() {
        Optional<String> context = conf.find(KubernetesOptions.CONTEXT).filter(name -> !name.isEmpty());
        refuseUnreadableKubeconfig();
        Config config;
        try {
            config = Config.autoConfigure(context.orElse(null));
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    "The kubeconfig %s cannot be used: %s. Correct it, or set KUBECONFIG to another."
                            .formatted(
                                    kubeconfigs().map(Path::toString).collect(Collectors.joining(", ")),
                                    YamlErrors.describe(e)));
        }
        context.filter(name -> config.getContexts() == null
                        || config.getContexts().stream().noneMatch(known -> name.equals(known.getName())))
                .ifPresent(name -> {
                    throw new ConfigurationException(
                            "%s is '%s', but the kubeconfig has no such context. Choose one of 'kubectl config get-contexts'."
                                    .formatted(KubernetesOptions.CONTEXT.key(), name));
                });
        return config;
    }

    /** The client passes over it in silence, and the API server then seems not to be trusted. */
    private static void refuseUnreadableKubeconfig() {
        kubeconfigs().filter(file -> !Files.isReadable(file)).findFirst().ifPresent(file -> {
            throw new ConfigurationException(
                    "The kubeconfig %s cannot be read. Check its permissions, or set KUBECONFIG to another."
                            .formatted(file));
        });
    }

    private static Stream<Path> kubeconfigs() {
        return Config.getKubeconfigFilenames().stream().map(Path::of).filter(Files::isRegularFile);
    }

    private void connection(Config config) {
        config.setNamespace(conf.get(KubernetesOptions.NAMESPACE));
        config.setRequestTimeout(conf.get(KubernetesOptions.SUBMISSION_REQUEST_TIMEOUT));
        config.setConnectionTimeout(conf.get(KubernetesOptions.SUBMISSION_CONNECTION_TIMEOUT));
        conf.find(KubernetesOptions.TRUST_CERTIFICATES).ifPresent(config::setTrustCerts);
        if (Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT_SYSTEM_PROPERTY) == null) {
            config.setRequestRetryBackoffLimit(RETRIES);
        }
    }

    private void credentials(Config config) {
        Problems problems = new Problems();
        if (conf.contains(TOKEN) && conf.contains(TOKEN_FILE)) {
            problems.add("%s and %s exclude each other. Leave one of them out.".formatted(TOKEN, TOKEN_FILE));
        }
        conf.get(TOKEN).ifPresent(config::setOauthToken);
        problems.collect(() -> file(TOKEN_FILE)).ifPresent(token -> config.setOauthToken(token.strip()));
        problems.collect(() -> pemPath(CA_CERT_FILE)).ifPresent(path -> {
            config.setCaCertFile(path);
            config.setCaCertData(null);
        });
        problems.collect(() -> pemPath(CLIENT_KEY_FILE)).ifPresent(path -> {
            config.setClientKeyFile(path);
            config.setClientKeyData(null);
        });
        problems.collect(() -> pemPath(CLIENT_CERT_FILE)).ifPresent(path -> {
            config.setClientCertFile(path);
            config.setClientCertData(null);
        });
        problems.throwIfAny();
    }

    /** The content of the file that a key names; null when the key is not set. */
    private String file(String key) {
        return conf.get(key)
                .map(path -> new String(SubmitterFiles.read(environment, key, path), StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** The absolute path of the PEM file that a key names; null when the key is not set. */
    private String pemPath(String key) {
        return conf.get(key)
                .map(path -> {
                    byte[] content = SubmitterFiles.read(environment, key, path);
                    if (!new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
                        throw new ConfigurationException(
                                "%s names %s, which is not a PEM file. Convert it, or correct the path."
                                        .formatted(key, path));
                    }
                    return environment.resolve(path).toString();
                })
                .orElse(null);
    }
}
