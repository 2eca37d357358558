package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.nio.file.Path;
import java.util.Map;

/**
 * How Hadoop is set up for one application.
 *
 * @param properties Hadoop's own keys, from {@code spark.hadoop.*}
 * @param confDirectory directory with core-site.xml and hdfs-site.xml ({@code HADOOP_CONF_DIR}); null for none
 * @param expandEnvironment whether values may refer to this process' environment and system properties; never for
 *     settings that come from a job on a shared controller
 */
public record HadoopSettings(Map<String, String> properties, Path confDirectory, boolean expandEnvironment) {
    private static final String PREFIX = "spark.hadoop.";

    public HadoopSettings {
        properties = Map.copyOf(properties);
    }

    /** Hides the values of keys that look like those of secrets. */
    SecretMask mask() {
        return SecretMask.of(SparkConf.of(properties));
    }

    /** Without the values, among which are credentials of file systems. */
    @Override
    public String toString() {
        return "Hadoop settings with %d properties, configuration directory %s"
                .formatted(properties.size(), confDirectory);
    }

    public static HadoopSettings of(SparkConf conf, Path confDirectory, boolean expandEnvironment) {
        return new HadoopSettings(conf.withPrefix(PREFIX), confDirectory, expandEnvironment);
    }
}
