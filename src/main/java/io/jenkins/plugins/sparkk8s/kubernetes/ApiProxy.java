package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.IpAddressMatcher;
import io.fabric8.kubernetes.client.utils.Utils;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The proxy between the submitter and an API server.
 *
 * @param address host and port, without user and password; empty when it is no URL with both
 * @param source the variable that names it, such as {@code HTTPS_PROXY}; empty when it is not from the environment
 */
record ApiProxy(Optional<String> address, Optional<String> source) {
    private static final Logger LOGGER = Logger.getLogger(ApiProxy.class.getName());

    /** The proxy that requests go through; empty when there is none, or {@code NO_PROXY} exempts the API server. */
    static Optional<ApiProxy> of(Config config) {
        Optional<URI> master = uri(config.getMasterUrl());
        boolean https = !config.getMasterUrl().toLowerCase(Locale.ROOT).startsWith("http:");
        String proxy = https ? config.getHttpsProxy() : config.getHttpProxy();
        boolean exempt = master.filter(url -> isExempt(url.getHost(), config.getNoProxy()))
                .isPresent();
        if (proxy == null || proxy.isBlank() || exempt) {
            return Optional.empty();
        }
        return Optional.of(new ApiProxy(address(proxy), source(https, proxy)));
    }

    /** For a sentence, such as {@code the proxy proxy.example.com:3128 (HTTPS_PROXY)}. */
    String description() {
        return "the proxy%s%s"
                .formatted(
                        address.map(text -> " " + text).orElse(""),
                        source.map(variable -> " (" + variable + ")").orElse(""));
    }

    private static Optional<String> address(String proxy) {
        return uri(proxy.contains("://") ? proxy : "http://" + proxy)
                .filter(url -> url.getHost() != null && url.getPort() > 0)
                .map(url -> url.getHost() + ":" + url.getPort());
    }

    private static Optional<String> source(boolean https, String proxy) {
        if (proxy.equals(Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_ALL_PROXY))) {
            return Optional.of("ALL_PROXY");
        }
        String property = https ? Config.KUBERNETES_HTTPS_PROXY : Config.KUBERNETES_HTTP_PROXY;
        return proxy.equals(Utils.getSystemPropertyOrEnvVar(property))
                ? Optional.of(https ? "HTTPS_PROXY" : "HTTP_PROXY")
                : Optional.empty();
    }

    private static boolean isExempt(String host, String[] entries) {
        return host != null
                && entries != null
                && Arrays.stream(entries).map(String::strip).anyMatch(entry -> covers(entry, host));
    }

    private static boolean covers(String entry, String host) {
        if (entry.isEmpty()) {
            return false;
        }
        if (entry.indexOf('/') > 0 && !entry.contains("://")) {
            return isInRange(entry, host);
        }
        String suffix = entry.startsWith("*") ? entry.substring(1) : entry;
        return host.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT));
    }

    private static boolean isInRange(String range, String host) {
        try {
            return new IpAddressMatcher(range).matches(host);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "An entry of NO_PROXY is no range of addresses: " + range);
            return false;
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            LOGGER.log(Level.FINE, "Not a URL: {0}", e.getReason());
            return Optional.empty();
        }
    }
}
