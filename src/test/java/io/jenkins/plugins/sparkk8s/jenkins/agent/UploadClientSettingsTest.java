package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadClientSettingsTest {

    private static Map<String, String> ofJob(String key, String value) {
        return UploadClientSettings.of(Map.of(), SparkConf.of(Map.of("spark.hadoop." + key, value)))
                .properties();
    }

    @ParameterizedTest
    @CsvSource({
        "dfs.nameservices, prod",
        "dfs.ha.namenodes.prod, 'nn1,nn2'",
        "dfs.namenode.rpc-address.prod.nn1, 'host:8020'",
        "dfs.client.failover.proxy.provider.prod, org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider",
        "dfs.replication, 2",
        "fs.s3a.endpoint, http://minio:9000",
        "fs.s3a.path.style.access, true",
        "fs.s3a.bucket.my.data.access.key, k",
    })
    void takesFromAJobWhereAFileSystemIsAndHowToLogIn(String key, String value) {
        assertThat(ofJob(key, value)).containsExactly(Map.entry(key, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.hdfs.impl",
                "fs.AbstractFileSystem.hdfs.impl",
                "fs.defaultFS",
                "hadoop.security.authentication",
                "hadoop.security.credential.provider.path",
                "hadoop.security.group.mapping",
                "hadoop.rpc.socket.factory.class.default",
                "io.serializations",
                "io.compression.codecs",
                "net.topology.script.file.name",
                "dfs.domain.socket.path",
                "dfs.block.replicator.classname",
                "dfs.client.https.keystore.resource",
                "dfs.client.failover.proxy.provider.prod",
                "fs.s3a.aws.credentials.provider",
                "fs.s3a.bucket.b.aws.credentials.provider",
                "fs.s3a.security.credential.provider.path",
                "ipc.client.rpc-timeout.ms.evil",
            })
    void takesNothingElse(String key) {
        assertThat(ofJob(key, "org.example.Evil")).isEmpty();
    }

    private static final StorageLogin LOGIN =
            new StorageLogin("s3a://uploads/spark", new StorageCredential.AccessKey("AKID", "swordfish", null));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.s3a.secret.key",
                "fs.s3a.session.token",
                "fs.s3a.bucket.my.data.secret.key",
                "fs.azure.account.key.acct.dfs.core.windows.net"
            })
    void takesSecretsOfAJobFromSecretConfAlone(String key) {
        assertThat(ofJob(key, "s")).isEmpty();
        assertThat(UploadClientSettings.unused(Map.of("spark.hadoop." + key, "swordfish")))
                .singleElement()
                .asString()
                .startsWith("spark.hadoop." + key + " is set in clear text")
                .contains("secretConf")
                .doesNotContain("swordfish");
        assertThat(UploadClientSettings.of(Map.of(), SparkConf.empty().withSecrets(Map.of("spark.hadoop." + key, "s")))
                        .properties())
                .containsExactly(Map.entry(key, "s"));
    }

    @Test
    void credentialOfTheClusterIsUsedWithTheClustersSettings() {
        StorageAccess access = UploadClientSettings.access(
                        Map.of("spark.hadoop.fs.s3a.endpoint", "https://of.cluster"),
                        SparkConf.of(Map.of(
                                "spark.hadoop.fs.s3a.endpoint", "https://evil.example.com",
                                "spark.hadoop.fs.s3a.bucket.uploads.endpoint", "https://evil.example.com",
                                "spark.hadoop.fs.s3a.access.key", "another",
                                "spark.hadoop.dfs.namenode.rpc-address.nn", "evil.example.com:8020",
                                "spark.hadoop.dfs.replication", "2")),
                        LOGIN)
                .orElseThrow();

        assertThat(access.login()).isEqualTo(LOGIN);
        assertThat(access.settings().properties())
                .isEqualTo(Map.of("fs.s3a.endpoint", "https://of.cluster", "dfs.replication", "2"));
    }

    @Test
    void jobWithSecretsOfItsOwnDoesWithoutTheClustersCredential() {
        SparkConf own = SparkConf.empty().withSecrets(Map.of("spark.hadoop.fs.s3a.secret.key", "mine"));
        SparkConf ofAnotherStorage =
                SparkConf.empty().withSecrets(Map.of("spark.hadoop.fs.azure.account.key.a.dfs.core.windows.net", "k"));

        assertThat(UploadClientSettings.access(Map.of(), own, LOGIN)).isEmpty();
        assertThat(UploadClientSettings.access(Map.of(), ofAnotherStorage, LOGIN))
                .isPresent();
        assertThat(UploadClientSettings.access(Map.of(), own, null)).isEmpty();
    }

    @Test
    void clusterDecidesTheRestAndItsEnvironmentIsNotLookedAt() {
        HadoopSettings settings = UploadClientSettings.of(
                Map.of("spark.hadoop.fs.hdfs.impl", "of.Cluster", "spark.hadoop.dfs.replication", "3", "spark.x", "y"),
                SparkConf.of(Map.of("spark.hadoop.fs.hdfs.impl", "of.Job", "spark.hadoop.dfs.replication", "1")));

        assertThat(settings.properties()).isEqualTo(Map.of("fs.hdfs.impl", "of.Cluster", "dfs.replication", "1"));
        assertThat(settings.expandEnvironment()).isFalse();
        assertThat(settings.confDirectory()).isNull();
    }
}
