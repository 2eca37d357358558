package io.jenkins.plugins.sparkk8s.submission;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import java.util.Locale;

/**
 * The value of {@code spark.master} for Kubernetes ({@code Utils.checkAndGetK8sMasterUrl} of Spark).
 *
 * @param apiServer URL of the API server, with {@code https} or {@code http}
 */
public record KubernetesMaster(String apiServer) {
    private static final String PREFIX = "k8s://";

    /**
     * Reads {@code k8s://host:port}, {@code k8s://https://…} or {@code k8s://http://…}; without a scheme it is https.
     *
     * @throws ConfigurationException when it is no master for Kubernetes, saying why
     */
    public static KubernetesMaster parse(String master) {
        String text = master.trim();
        if (!text.startsWith(PREFIX)) {
            throw refused(master, reason(text.toLowerCase(Locale.ROOT)));
        }
        String url = text.substring(PREFIX.length());
        int scheme = url.indexOf("://");
        if (url.isBlank() || scheme >= 0 && url.length() == scheme + 3) {
            throw refused(master, "It names no API server");
        }
        if (scheme < 0) {
            return new KubernetesMaster("https://" + url);
        }
        String name = url.substring(0, scheme).toLowerCase(Locale.ROOT);
        if (!name.equals("https") && !name.equals("http")) {
            throw refused(master, "The scheme %s is not one of an API server".formatted(name));
        }
        return new KubernetesMaster(name + url.substring(scheme));
    }

    private static String reason(String master) {
        if (master.startsWith("local")) {
            return "Local masters run in the submitter's own JVM, and this submitter runs none";
        }
        if (master.startsWith("spark://") || master.startsWith("yarn") || master.startsWith("mesos")) {
            return "Only Kubernetes is supported";
        }
        return "The prefix k8s:// is missing";
    }

    private static ConfigurationException refused(String master, String reason) {
        return new ConfigurationException(
                "The value '%s' of %s (--master) is not valid. %s: write k8s:// and the URL of the API server, for example k8s://https://kubernetes.example.com:6443."
                        .formatted(master, CoreOptions.MASTER.key(), reason));
    }

    /** The value with its scheme, as it stands in the driver's properties. */
    public String sparkMaster() {
        return PREFIX + apiServer;
    }

    /** Whether credentials would travel in clear text. */
    public boolean isPlainHttp() {
        return apiServer.startsWith("http:");
    }
}
