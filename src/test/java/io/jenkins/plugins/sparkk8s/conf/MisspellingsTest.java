package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisspellingsTest {

    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.namspace, spark.kubernetes.namespace",
        "spark.kubernetes.container.Image, spark.kubernetes.container.image",
        "spark.kubernetes.driver.lable.team, spark.kubernetes.driver.label.team",
        "spark.kubernetes.driver.volume.emptyDir.t.mount.path, spark.kubernetes.driver.volumes.emptyDir.t.mount.path",
        "spark.kubernetes.executor.deleteOnTerminaton, spark.kubernetes.executor.deleteOnTermination",
        "spark.kubernetes.driver.volumes.emptyDir.t.options.sizelimit, spark.kubernetes.driver.volumes.emptyDir.t.options.sizeLimit",
        "spark.kubernetes.executor.volumes.nfs.t.mount.paht, spark.kubernetes.executor.volumes.nfs.t.mount.path",
        "spark.kubernetes.authenticate.driver.serviceAccount, spark.kubernetes.authenticate.driver.serviceAccountName",
        "spark.kubernetes.authenticate.submission.caCrtFile, spark.kubernetes.authenticate.submission.caCertFile",
        "spark.kubernetes.driver.pod, spark.kubernetes.driver.pod.name",
        "spark.kuberntes.namespace, spark.kubernetes.namespace",
        "spark.Kubernetes.driver.label.team, spark.kubernetes.driver.label.team"
    })
    void namesTheKeyThatIsLikelyMeant(String written, String meant) {
        assertThat(Misspellings.warnings(SparkConf.of(Map.of(written, "x"))))
                .containsExactly("%s is not a key of Spark. Did you mean %s?".formatted(written, meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.kubernetes.namespace",
                "spark.kubernetes.driver.label.anything",
                "spark.kubernetes.authenticate.submission.oauthToken",
                "spark.kubernetes.executor.hadoopConfigMapName",
                "spark.kubernetes.authenticate.driver.mounted.oauthTokenFile",
                "spark.kubernetes.authenticate.caCertFile",
                "spark.kubernetes.executor.volumes.persistentVolumeClaim.t.annotation.a",
                "spark.kubernetes.driver.resource.gpu.amount",
                "spark.kubernetes.something.of.our.own",
                "spark.kubernetesish",
                "spark.sql.shuffle.partitions"
            })
    void saysNothingOfKeysThatAreReadOrLikeNoOther(String key) {
        assertThat(Misspellings.warnings(SparkConf.of(Map.of(key, "x")))).isEmpty();
    }

    @Test
    void saysNothingWithoutConfiguration() {
        assertThat(Misspellings.warnings(SparkConf.empty())).isEmpty();
    }
}
