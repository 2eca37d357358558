package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.fabric8.kubernetes.client.Config;
import java.net.Proxy;
import java.net.URI;

/**
 * The HTTP proxy of Jenkins, for the hosts that it is to be used for.
 *
 * @param url with port
 * @param userName null for a proxy that asks for none
 * @param password null for none
 */
record ProxyServer(String url, String userName, Secret password) {

    /** The proxy on the way to a URL; null for none. */
    static ProxyServer on(ProxyConfiguration configured, String target) {
        String host = URI.create(target).getHost();
        if (configured == null
                || configured.name == null
                || host == null
                || configured.createProxy(host).type() == Proxy.Type.DIRECT) {
            return null;
        }
        return new ProxyServer(
                "http://%s:%d".formatted(configured.name, configured.port),
                configured.getUserName(),
                configured.getSecretPassword());
    }

    void applyTo(Config config) {
        config.setHttpProxy(url);
        config.setHttpsProxy(url);
        config.setProxyUsername(userName);
        config.setProxyPassword(Secret.toString(password));
    }

    @Override
    public String toString() {
        return url;
    }
}
