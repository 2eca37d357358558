package io.jenkins.plugins.sparkk8s.staging.store;

import java.util.Map;
import java.util.Set;

/** File systems that are not bundled, and where their libraries come from. */
public final class Connectors {
    /** Environment variable: a folder of their jars. */
    public static final String FOLDER = "SPARK_K8S_SUBMIT_CONNECTORS";

    private static final Map<String, String> ARTIFACTS = Map.of(
            "gs", "org.apache.hadoop:hadoop-gcp",
            "oss", "org.apache.hadoop:hadoop-aliyun",
            "cosn", "org.apache.hadoop:hadoop-cos",
            "obs", "org.apache.hadoop:hadoop-huaweicloud",
            "tos", "org.apache.hadoop:hadoop-tos");

    private static final Set<String> S3_OF_EMR = Set.of("s3", "s3n");

    private Connectors() {}

    /** What to do about a scheme that no library on the class path has a file system for. */
    static String missing(String location) {
        String scheme = location.contains(":") ? location.substring(0, location.indexOf(':')) : "file";
        if (S3_OF_EMR.contains(scheme)) {
            return "%s:// is known to Amazon EMR alone; write s3a://".formatted(scheme);
        }
        String artifact = ARTIFACTS.get(scheme);
        return artifact == null
                ? "no file system for %s:// is on the class path; use hdfs, webhdfs, s3a, abfss or a mounted path, or put the jars of its connector in the folder that the environment variable %s names"
                        .formatted(scheme, FOLDER)
                : "no file system for %s:// is on the class path; put the jar of %s in the folder that the environment variable %s names"
                        .formatted(scheme, artifact, FOLDER);
    }
}
