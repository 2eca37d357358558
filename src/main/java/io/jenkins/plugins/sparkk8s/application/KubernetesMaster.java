package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * The {@code k8s://} master: where the API server is.
 *
 * @param apiServerUrl with scheme, without the {@code k8s://} in front
 */
public record KubernetesMaster(String apiServerUrl) {
    private static final Logger LOGGER = Logger.getLogger(KubernetesMaster.class.getName());
    private static final String PREFIX = "k8s://";

    /** The end of an authority: a host without a port, or with one; an IPv6 address stands in brackets. */
    private static final Pattern PORT_OR_NONE = Pattern.compile(
            "(^|@)(\\[[^\\]]*\\]|[^:\\[\\]]+)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$");

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
        String authority = authority(url);
        if (authority == null) {
            throw new ConfigurationException(
                    "The master '%s' has no URL of an API server after %s. Write for example k8s://https://kubernetes.example.com:6443."
                            .formatted(master, PREFIX));
        }
        if (!PORT_OR_NONE.matcher(authority).find()) {
            throw new ConfigurationException(
                    "The master '%s' has no port from 1 to 65535 after its host. Write for example k8s://https://kubernetes.example.com:6443."
                            .formatted(master));
        }
    }

    /** Null when there is none, or it is no URL. */
    private static String authority(String url) {
        try {
            return new URI(url).getRawAuthority();
        } catch (URISyntaxException e) {
            LOGGER.log(Level.FINE, "The master has no URL: {0}", e.getReason());
            return null;
        }
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
