package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadPolicyTest {
    /** @param root null for none */
    private static UploadPolicy policy(String configured, String root) {
        return new UploadPolicy(configured, Stream.ofNullable(root).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://nn/spark, , hdfs://nn/spark",
        "' hdfs://nn/spark ', , hdfs://nn/spark",
        "hdfs://nn/spark, hdfs://nn/teams, hdfs://nn/teams",
        "hdfs://nn/spark, hdfs://nn/teams/, HDFS://NN//teams/one",
        "file:/mnt/spark, file:/mnt/teams, /mnt/teams/one",
        "/mnt/spark, /mnt/teams, file:///mnt/teams/one",
        ", viewfs://c/teams, viewfs://c/teams/x",
    })
    void allows(String configured, String root, String path) {
        assertThatCode(() -> policy(configured, root).requireUploadPath(path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://nn/spark, hdfs://nn/spark2",
        "hdfs://nn/spark, hdfs://nn/spark/../x",
        "hdfs://nn/spark, hdfs://other/spark/x",
        "hdfs://nn/spark, webhdfs://nn/spark/x",
        "file:/mnt/spark, file:/mnt/spark2",
        "file:/mnt/spark, file:/mnt",
        "file:/mnt/spark, file://host/mnt/spark/x",
        "hdfs://nn/spark, file:/spark/x",
        "hdfs://nn/spark, /spark/x",
        "hdfs://nn/spark, har:///x.har",
        "hdfs://nn/spark, relative",
    })
    void refusesWhatIsNotBelowAFolderOfTheAdministrator(String root, String path) {
        assertThatThrownBy(() -> policy("hdfs://nn/own", root).requireUploadPath(path))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "The upload path %s is not allowed: a job may choose a folder below %s.".formatted(path, root));
    }

    @ParameterizedTest
    @CsvSource({"hdfs://nn/spark/mine", "hdfs://other:8020/mine", "/tmp"})
    void letsJobsChooseNoPathByDefault(String path) {
        assertThatThrownBy(() -> policy("hdfs://nn/spark", null).requireUploadPath(path))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The upload path %s, but this cluster does not allow jobs to choose one"
                        .formatted("is " + path));
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://nn/spark/lib, true",
        "hdfs://nn/teams/lib, true",
        "hdfs://nn/sparks/x, false",
        "hdfs://nn/spark/../x, false",
        "s3a://bucket/x, false"
    })
    void knowsWhatTheAdministratorNamed(String location, boolean expected) {
        assertThat(new UploadPolicy("hdfs://nn/spark", List.of("hdfs://nn/teams")).isConfigured(location))
                .isEqualTo(expected);
    }
}
