package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which event logs a controller may read for a job. */
class ClusterEventLogsTest {

    private static SparkCluster cluster() {
        SparkCluster cluster = new SparkCluster("prod", "https://kubernetes.example.com:6443");
        cluster.setUploadPath("hdfs://nn/spark/uploads");
        cluster.setAllowedUploadPaths("s3a://teams/spark");
        cluster.setConf("spark.eventLog.dir=hdfs://nn/spark/events");
        return cluster;
    }

    private static ClusterEventLogs logs(SparkCluster cluster) {
        return new ClusterEventLogs(cluster);
    }

    private static SparkConf writesTo(String folder) {
        return SparkConf.of(Map.of("spark.eventLog.enabled", "true", "spark.eventLog.dir", folder));
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://nn/spark/events",
        "hdfs://nn/spark/events/team",
        "hdfs://nn/spark/uploads/events",
        "s3a://teams/spark/events",
    })
    void isReadWhereAnAdministratorHasConfiguredIt(String folder) {
        assertThat(logs(cluster()).folder(writesTo(folder))).contains(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://nn/spark/other",
        "hdfs://nn/spark/events2",
        "hdfs://nn/spark/events/../secrets",
        "hdfs://other/spark/events",
        "webhdfs://nn/spark/events",
        "s3a://teams/other",
        "s3a://others/spark",
        "file:/var/jenkins_home",
        "/tmp/spark-events",
        "local:/spark/events",
        "ftp://nn/spark/events",
        "''",
    })
    void isNotReadElsewhere(String folder) {
        assertThat(logs(cluster()).folder(writesTo(folder))).isEmpty();
    }

    @Test
    void filesOfTheControllerAreNeverRead() {
        SparkCluster cluster = cluster();
        cluster.setUploadPath("/mnt/shared");
        cluster.setConf("spark.eventLog.dir=file:/mnt/events");

        assertThat(logs(cluster).folder(writesTo("file:/mnt/events"))).isEmpty();
        assertThat(logs(cluster).folder(writesTo("/mnt/shared/events"))).isEmpty();
    }

    @Test
    void isNotReadWhereNoneIsWritten() {
        assertThat(logs(cluster()).folder(SparkConf.of(Map.of("spark.eventLog.dir", "hdfs://nn/spark/events"))))
                .isEmpty();
        assertThat(logs(cluster()).folder(SparkConf.of(Map.of("spark.eventLog.enabled", "true"))))
                .isEmpty();
    }
}
