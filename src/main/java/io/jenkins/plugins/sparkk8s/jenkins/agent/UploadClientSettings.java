package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            "fs\\.s3a\\.(bucket\\..+\\.)?(endpoint(\\.region)?|access\\.key"
                    + "|path\\.style\\.access|connection\\.ssl\\.enabled)"));
    /** Those of a job that say how to write, and neither where to nor as whom. */
    private static final Pattern WAYS_OF_WRITING = Pattern.compile(String.join(
            "|",
            "dfs\\.(replication|blocksize|data\\.transfer\\.protection|encrypt\\.data\\.transfer)",
            "dfs\\.client\\.(use\\.datanode\\.hostname|socket-timeout|retry\\.max\\.attempts|failover\\.max\\.attempts)",
            "ipc\\.client\\.connect\\.(timeout|max\\.retries(\\.on\\.timeouts)?)"));
    /** Taken from secretConf alone. */
    private static final Pattern SECRET_KEYS = Pattern.compile(
            "fs\\.s3a\\.(bucket\\..+\\.)?(secret\\.key|session\\.token)|fs\\.azure\\.account\\.key\\..+");

    private static final Pattern S3_KEY = Pattern.compile("fs\\.s3a\\..*");

    private static final Pattern FAILOVER_KEY = Pattern.compile("dfs\\.client\\.failover\\.proxy\\.provider\\..+");
    /** Hadoop's own; needed for a name service of several name nodes. */
    private static final Pattern FAILOVER_CLASS =
            Pattern.compile("org\\.apache\\.hadoop\\.hdfs\\.server\\.namenode\\.ha\\.\\w+ProxyProvider");

    private UploadClientSettings() {}

    /**
     * The door to file systems for one application. A job whose secretConf has keys of its own for a storage uses them and its own
     * settings; else a credential of the cluster is used with the cluster's settings.
     *
     * @param defaults the cluster's configuration
     * @param complete the configuration with the job's keys in it
     * @param login with a credential of the cluster; null for none
     */
    static HadoopGateway gateway(Map<String, String> defaults, SparkConf complete, StorageLogin login) {
        return new HadoopGateway(
                of(defaults, complete), access(defaults, complete, login).orElse(null));
    }

    /** Empty when the job has secrets of its own for that kind of storage. */
    static Optional<StorageAccess> access(Map<String, String> defaults, SparkConf complete, StorageLogin login) {
        if (login == null || hasOwnLogin(complete, login)) {
            return Optional.empty();
        }
        Map<String, String> properties = ofCluster(defaults);
        complete.withPrefix(KeyPrefixes.HADOOP).forEach((key, value) -> {
            if (WAYS_OF_WRITING.matcher(key).matches()) {
                properties.put(key, value);
            }
        });
        return Optional.of(new StorageAccess(login, new HadoopSettings(properties, null, false)));
    }

    private static boolean hasOwnLogin(SparkConf complete, StorageLogin login) {
        boolean ofS3 = login.credential() instanceof StorageCredential.AccessKey;
        return complete.withPrefix(KeyPrefixes.HADOOP).keySet().stream()
                .anyMatch(key -> isSecretLogin(complete, key)
                        && ofS3 == S3_KEY.matcher(key).matches());
    }

    /** @param key of a Spark property */
    private static boolean isSecret(String key) {
        return key.startsWith(KeyPrefixes.HADOOP)
                && SECRET_KEYS
                        .matcher(key.substring(KeyPrefixes.HADOOP.length()))
                        .matches();
    }

    /** @param key of a Spark property that a job has in secretConf; whether it counts for uploading */
    static boolean isUsed(String key) {
        return isSecret(key)
                || key.startsWith(KeyPrefixes.HADOOP)
                        && PLAIN_KEYS
                                .matcher(key.substring(KeyPrefixes.HADOOP.length()))
                                .matches();
    }

    private static boolean isSecretLogin(SparkConf complete, String key) {
        return SECRET_KEYS.matcher(key).matches() && complete.secretKeys().contains(KeyPrefixes.HADOOP + key);
    }

    /** What a job has in clear text and is therefore not used for uploading; one sentence each. */
    static List<String> unused(Map<String, String> plain) {
        return plain.keySet().stream()
                .filter(UploadClientSettings::isSecret)
                .map(
                        ("%s is set in clear text, so it is given to the driver but not used to upload files. Set it with"
                                        + " secretConf, or have an administrator choose credentials for the cluster's upload path.")
                                ::formatted)
                .toList();
    }

    private static Map<String, String> ofCluster(Map<String, String> defaults) {
        return new TreeMap<>(SparkConf.of(defaults).withPrefix(KeyPrefixes.HADOOP));
    }

    /**
     * @param defaults the cluster's configuration, all of which applies
     * @param complete the configuration with the job's keys in it
     */
    static HadoopSettings of(Map<String, String> defaults, SparkConf complete) {
        Map<String, String> properties = ofCluster(defaults);
        complete.withPrefix(KeyPrefixes.HADOOP).forEach((key, value) -> {
            if (mayComeFromJob(key, value) || isSecretLogin(complete, key)) {
                properties.put(key, value);
            }
        });
        return new HadoopSettings(properties, null, false);
    }

    /** @param key of Hadoop */
    static boolean mayComeFromJob(String key, String value) {
        return PLAIN_KEYS.matcher(key).matches()
                || FAILOVER_KEY.matcher(key).matches()
                        && FAILOVER_CLASS.matcher(value).matches();
    }
}
