package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The {@code k8s://} master: where the API server is.
 *
 * @param apiServerUrl with scheme, without the {@code k8s://} in front
 */
public record KubernetesMaster(String apiServerUrl) {
    private static final Logger LOGGER = Logger.getLogger(KubernetesMaster.class.getName());
    private static final String PREFIX = "k8s://";

    /**
     * Reads a master as {@code Utils.checkAndGetK8sMasterUrl} of Spark does: without a scheme of its own it is https.
     *
     * @throws ConfigurationException when it is another kind of master, or another scheme than http and https
     */
    public static KubernetesMaster parse(String master) {
        if (!master.startsWith(PREFIX)) {
            throw new ConfigurationException(
                    ("The master '%s' is not a Kubernetes master. Give the URL of the API server with %s in front,"
                                    + " such as k8s://https://kubernetes.example.com:6443.")
                            .formatted(master, PREFIX));
        }
        String rest = master.substring(PREFIX.length());
        int colon = rest.indexOf("://");
        requireHost(master, colon < 0 ? "https://" + rest : rest);
        if (colon < 0) {
            return new KubernetesMaster("https://" + rest);
        }
        return switch (rest.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "http", "https" -> new KubernetesMaster(rest);
            default ->
                throw new ConfigurationException(
                        "The master '%s' has the scheme %s, which is not supported. Use https or http."
                                .formatted(master, rest.substring(0, colon)));
        };
    }

    private static void requireHost(String master, String url) {
        try {
            if (new URI(url).getRawAuthority() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            LOGGER.log(Level.FINE, "The master has no URL: {0}", e.getReason());
        }
        throw new ConfigurationException(
                "The master '%s' has no URL of an API server after %s. Write for example k8s://https://kubernetes.example.com:6443."
                        .formatted(master, PREFIX));
    }

    /** Whether what is sent, credentials included, can be read on the way. */
    public boolean isPlainHttp() {
        return apiServerUrl.toLowerCase(Locale.ROOT).startsWith("http://");
    }

    /** As it stands in {@code spark.master}. */
    @Override
    public String toString() {
        return PREFIX + apiServerUrl;
    }
}
