package io.jenkins.plugins.sparkk8s.jenkins.record;

import java.net.URI;
import java.net.URISyntaxException;

/** An application's page on the Spark history server. Only what is safe to be a link on a page counts as one. */
public final class HistoryLink {
    private HistoryLink() {}

    /** @return null unless the server's URL is a plain one of http or https */
    static String of(String serverUrl, String applicationId) {
        if (safe(serverUrl) == null) {
            return null;
        }
        String server = serverUrl.strip();
        return (server.endsWith("/") ? server : server + "/") + "history/" + applicationId + "/";
    }

    /**
     * A link as it was read from a build's file, which others may have written.
     *
     * @return null unless it is a URL of http or https, without a user and with a host
     */
    public static String safe(String url) {
        if (url == null) {
            return null;
        }
        try {
            URI uri = new URI(url.strip());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null ? url.strip() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
