package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.HadoopSettings;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How our own Hadoop client is set up: by the cluster's defaults, and by those keys of a job that only say where a file
 * system is, how to log in there and how patient to be.
 *
 * <p>All other keys of a job take effect in its driver alone. Some of Hadoop's keys name classes to load, programs to run or
 * local files to read, which a job must not decide for an agent or the controller.
 */
final class UploadClientSettings {

    private static final Pattern PLAIN_KEYS = Pattern.compile(String.join(
            "|",
            "dfs\\.(internal\\.)?nameservices",
            "dfs\\.ha\\.namenodes\\.[^.]+",
            "dfs\\.namenode\\.(rpc|http|https)-address(\\..+)?",
            "dfs\\.namenode\\.kerberos\\.principal(\\.pattern)?",
            "dfs\\.(replication|blocksize|data\\.transfer\\.protection|encrypt\\.data\\.transfer)",
            "dfs\\.client\\.(use\\.datanode\\.hostname|socket-timeout|retry\\.max\\.attempts|failover\\.max\\.attempts)",
            "ipc\\.client\\.connect\\.(timeout|max\\.retries(\\.on\\.timeouts)?)",
            "fs\\.s3a\\.(bucket\\..+\\.)?(endpoint(\\.region)?|access\\.key|secret\\.key|session\\.token"
                    + "|path\\.style\\.access|connection\\.ssl\\.enabled)",
            "fs\\.azure\\.account\\.key\\..+"));

    private static final Pattern FAILOVER_KEY = Pattern.compile("dfs\\.client\\.failover\\.proxy\\.provider\\..+");
    /** Hadoop's own; needed for a name service of several name nodes. */
    private static final Pattern FAILOVER_CLASS =
            Pattern.compile("org\\.apache\\.hadoop\\.hdfs\\.server\\.namenode\\.ha\\.\\w+ProxyProvider");

    private UploadClientSettings() {}

    /**
     * @param defaults the cluster's configuration, all of which applies
     * @param complete the configuration with the job's keys in it
     */
    static HadoopSettings of(Map<String, String> defaults, SparkConf complete) {
        Map<String, String> properties = new TreeMap<>(SparkConf.of(defaults).withPrefix(KeyPrefixes.HADOOP));
        complete.withPrefix(KeyPrefixes.HADOOP).forEach((key, value) -> {
            if (mayComeFromJob(key, value)) {
                properties.put(key, value);
            }
        });
        return new HadoopSettings(properties, null, false);
    }

    private static boolean mayComeFromJob(String key, String value) {
        return PLAIN_KEYS.matcher(key).matches()
                || FAILOVER_KEY.matcher(key).matches()
                        && FAILOVER_CLASS.matcher(value).matches();
    }
}
