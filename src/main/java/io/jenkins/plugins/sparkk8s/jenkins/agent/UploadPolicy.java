package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which folders our own Hadoop client may work on for a job.
 *
 * <p>It runs with the rights of the agent or even of the controller; a job that could send it to any path or host could
 * write, list and delete there.
 *
 * @param configuredPath the cluster's upload path, which is always good; null when it has none
 * @param roots folders of the administrator's choice below which a job may choose another; empty when it may choose none
 */
public record UploadPolicy(String configuredPath, List<String> roots) implements Serializable {
    private static final String KEY = KubernetesOptions.FILE_UPLOAD_PATH.key();
    /** File systems that are somewhere else; others lead to files of the machine, directly or by what they wrap. */
    private static final Set<String> REMOTE_SCHEMES =
            Set.of("hdfs", "webhdfs", "swebhdfs", "s3a", "abfs", "abfss", "wasb", "wasbs", "gs", "ofs", "o3fs");

    public UploadPolicy {
        // A kind of list that may be deserialised in Jenkins.
        roots = Collections.unmodifiableList(new ArrayList<>(roots));
    }

    /** What an administrator has configured for a cluster. */
    public static UploadPolicy of(SparkCluster cluster) {
        return new UploadPolicy(cluster.defaults().get(KEY), cluster.allowedUploads());
    }

    /** A location taken apart, so that different spellings of the same one are equal. */
    private record Location(String scheme, String authority, String path) {
        private static final Pattern FORM =
                Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]+):)?(?://([^/]*))?(.*)", Pattern.DOTALL);

        static Location of(String text) {
            Matcher form = FORM.matcher(text.trim());
            if (!form.matches()) {
                throw new IllegalStateException("The pattern matches every text");
            }
            String scheme = form.group(1) == null ? "file" : form.group(1).toLowerCase(Locale.ROOT);
            String authority = form.group(2) == null ? "" : form.group(2).toLowerCase(Locale.ROOT);
            return new Location(scheme, authority, ("/" + form.group(3)).replaceAll("/+", "/"));
        }

        boolean isIn(Location folder) {
            boolean climbs = Arrays.stream(path.split("[/\\\\]")).anyMatch(".."::equals);
            String prefix = folder.path().endsWith("/") ? folder.path() : folder.path() + "/";
            return !climbs
                    && scheme.equals(folder.scheme())
                    && authority.equals(folder.authority())
                    && (path + "/").startsWith(prefix);
        }

        boolean isRemote() {
            return REMOTE_SCHEMES.contains(scheme);
        }
    }

    /**
     * Checks the upload path of one application.
     *
     * @param path as the configuration has it in the end
     * @throws ConfigurationException when a job may not use it
     */
    void requireUploadPath(String path) {
        if (path.isBlank() || configuredPath != null && path.strip().equals(configuredPath.strip())) {
            return;
        }
        if (roots.isEmpty()) {
            throw new ConfigurationException(
                    "The upload path is %s, but this cluster does not allow jobs to choose one. Leave uploadPath (%s) out, or ask an administrator to allow it in the cluster's configuration."
                            .formatted(path, KEY));
        }
        if (roots.stream().noneMatch(root -> isBelow(root, path))) {
            throw new ConfigurationException(
                    "The upload path %s is not allowed: a job may choose a folder below %s. Correct uploadPath (%s)."
                            .formatted(path, String.join(", ", roots), KEY));
        }
    }

    /** Whether an administrator named it: the cluster's upload path, a root for jobs, or something below one of them. */
    boolean isConfigured(String location) {
        return configuredPath != null && !configuredPath.isBlank() && isBelow(configuredPath, location)
                || roots.stream().anyMatch(root -> isBelow(root, location));
    }

    /** Whether a location is the folder or below it, as both are written; one that climbs by ".." is not. */
    static boolean isBelow(String folder, String location) {
        return Location.of(location).isIn(Location.of(folder));
    }

    /** Whether it is on a file system that is not this machine's. */
    static boolean isRemote(String location) {
        return Location.of(location).isRemote();
    }
}
