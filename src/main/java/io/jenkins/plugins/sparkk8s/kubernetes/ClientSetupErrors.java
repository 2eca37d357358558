package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sentences for an API client that cannot be made: which setting is wrong, and where it is from. */
final class ClientSetupErrors {
    private static final List<String> CERTIFICATE_KEYS = Stream.of("caCertFile", "clientCertFile", "clientKeyFile")
            .map(suffix -> Constants.SUBMISSION_AUTH_PREFIX + suffix)
            .toList();

    private ClientSetupErrors() {}

    /**
     * @param config as the client was to be made from it; none of its values is repeated but the names of files
     * @param failure what the client's builder threw; it may repeat a proxy with its password
     */
    static ConfigurationException of(SparkConf conf, Config config, RuntimeException failure) {
        Optional<ApiProxy> proxy = ApiProxy.of(config);
        String reason = rootMessage(failure);
        if (proxy.filter(used -> used.address().isEmpty()).isPresent()) {
            return new ConfigurationException(
                    "The proxy%s is not a URL with a host and a port. Write it as http://host:port; special characters of a user or password are percent-encoded."
                            .formatted(source(proxy)));
        }
        if (reason.contains("on proxy URL")) {
            return new ConfigurationException(
                    "The proxy%s has a scheme that is not supported. Write http://host:port.".formatted(source(proxy)));
        }
        if (reason.contains("NO_PROXY")) {
            return new ConfigurationException(
                    "NO_PROXY has an entry that is neither a host name, a domain such as .example.com nor a range of addresses such as 10.0.0.0/8. Correct it.");
        }
        return new ConfigurationException(missingFile(config).orElseGet(() -> certificates(conf, reason)));
    }

    private static String source(Optional<ApiProxy> proxy) {
        return proxy.flatMap(ApiProxy::source)
                .map(variable -> " in " + variable)
                .orElse("");
    }

    private static Optional<String> missingFile(Config config) {
        Map<String, Optional<String>> files = Map.of(
                "certificate-authority", Optional.ofNullable(config.getCaCertFile()),
                "client-certificate", Optional.ofNullable(config.getClientCertFile()),
                "client-key", Optional.ofNullable(config.getClientKeyFile()));
        return files.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .filter(file -> !Files.isReadable(Path.of(file)))
                        .isPresent())
                .findFirst()
                .map(entry ->
                        "The kubeconfig names %s as %s, a file that cannot be read. Correct the kubeconfig, or set KUBECONFIG to another."
                                .formatted(entry.getValue().orElseThrow(), entry.getKey()));
    }

    private static String certificates(SparkConf conf, String reason) {
        String keys = CERTIFICATE_KEYS.stream().filter(conf::contains).collect(Collectors.joining(", "));
        return "The certificates or keys of %s cannot be used: %s. Check that they are in PEM form and belong together."
                .formatted(keys.isEmpty() ? "the kubeconfig" : keys, reason);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
