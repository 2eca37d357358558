package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;

/** Reads small files that a configuration names and that are on another file system, such as {@code s3a://bucket/pod.yaml}. */
@FunctionalInterface
public interface RemoteFiles {
    /** More than a template or a properties file ever has; a Kubernetes object holds as much. */
    int MOST_BYTES = 1024 * 1024;

    /**
     * The content of a file; blocks while it is read.
     *
     * @param key the key or argument that names it, as it should be shown to the user
     * @throws ConfigurationException when it may not be read, is missing or has more than {@link #MOST_BYTES}
     * @throws io.jenkins.plugins.sparkk8s.conf.ActionableException when its file system fails
     */
    byte[] read(String key, String location);

    /** Refuses each. */
    static RemoteFiles none() {
        return (key, location) -> {
            throw new ConfigurationException(
                    "%s names %s, but only a local file can be used here. Copy it to this machine."
                            .formatted(key, location));
        };
    }
}
