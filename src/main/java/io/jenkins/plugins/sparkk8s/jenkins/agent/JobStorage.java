package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job itself says about the storage of its uploads, so that they are removed as they were made. It travels with a call to
 * the agent that uploaded.
 *
 * @param settings Spark properties without secrets, such as an endpoint; they may be stored
 * @param secrets keys of the job's own for that storage, which are looked up for each call and never stored
 */
public record JobStorage(Map<String, String> settings, Map<String, String> secrets) implements Serializable {
    public static final JobStorage NONE = new JobStorage(Map.of(), Map.of());

    public JobStorage {
        // A kind of map that may be deserialised in Jenkins.
        settings = new TreeMap<>(settings);
        secrets = new TreeMap<>(secrets);
    }

    /**
     * What of a configuration counts for uploading.
     *
     * @param conf complete
     * @param defaults the cluster's configuration, which is known later, too
     */
    public static Map<String, String> settings(SparkConf conf, Map<String, String> defaults) {
        Map<String, String> settings = new TreeMap<>();
        conf.withPrefix(KeyPrefixes.HADOOP).forEach((name, value) -> {
            String key = KeyPrefixes.HADOOP + name;
            if (UploadClientSettings.mayComeFromJob(name, value)
                    && !conf.secretKeys().contains(key)
                    && !value.equals(defaults.get(key))) {
                settings.put(key, value);
            }
        });
        return settings;
    }

    /** Whether a key of {@code secretConf} is used for uploading. */
    public static boolean isUsed(String key) {
        return UploadClientSettings.isUsed(key);
    }

    @Override
    public String toString() {
        return "a job's own storage";
    }
}
