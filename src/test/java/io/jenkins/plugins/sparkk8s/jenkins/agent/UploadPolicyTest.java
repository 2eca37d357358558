package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "file:/mnt/spark, /mnt/spark",
        "file:/mnt/spark, file:/mnt/spark/",
        "file:/mnt/spark, file:///mnt/spark/team",
        "/mnt/spark, FILE:/mnt//spark/team",
        "hdfs://nn/spark, hdfs://other:8020/mine",
        "hdfs://nn/spark, S3A://bucket/x",
        ", webhdfs://nn/x",
        "viewfs://c/spark, viewfs://c/spark/x",
        "' hdfs://nn/spark ', hdfs://nn/spark",
    })
    void allows(String configured, String path) {
        assertThatCode(() -> new UploadPolicy(configured, true).requireUploadPath(path))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "file:/mnt/spark, file:/mnt/spark2",
        "file:/mnt/spark, file:/mnt",
        "file:/mnt/spark, file:/mnt/spark/../x",
        "file:/mnt/spark, file://host/mnt/spark/x",
        "hdfs://nn/spark, file:/spark/x",
        "hdfs://nn/spark, /spark/x",
        ", /tmp",
        ", viewfs://c/x",
        ", har:///x.har",
        ", jar:file:/x.jar",
        ", ftp://host/x",
        ", relative",
    })
    void refuses(String configured, String path) {
        assertThatThrownBy(() -> new UploadPolicy(configured, true).requireUploadPath(path))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The upload path %s is not allowed".formatted(path));
    }

    @ParameterizedTest
    @CsvSource({"hdfs://nn/spark/lib/*.jar, true", "hdfs://nn/sparks/*.jar, false", "hdfs://nn/spark/../*, false"})
    void knowsWhatIsBelowTheConfiguredPath(String location, boolean expected) {
        assertThat(new UploadPolicy("hdfs://nn/spark", true).isConfigured(location))
                .isEqualTo(expected);
    }
}
