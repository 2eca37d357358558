package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
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
        "spark.executor.instance, spark.executor.instances",
        "spark.driver.Memory, spark.driver.memory",
        "spark.executor.memroy, spark.executor.memory",
        "spark.jar, spark.jars",
        "spark.driver.extraJavaOption, spark.driver.extraJavaOptions",
        "spark.dynamicAllocation.enable, spark.dynamicAllocation.enabled",
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
                "spark.kubernetesish",
                "spark.sql.shuffle.partitions"
            })
    void acceptsKeysThatAreReadOrLikeNoOther(String key) {
        assertThat(Misspellings.warnings(SparkConf.of(Map.of(key, "x")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.driver.docker.image, x, use spark.kubernetes.driver.container.image",
        "spark.kubernetes.driver.serviceAccountName, x, use spark.kubernetes.authenticate.driver.serviceAccountName",
        "spark.kubernetes.driver.tolerations, x, use the pod templates spark.kubernetes.driver.podTemplateFile",
        "spark.kubernetes.executor.securityContext.runAsUser, 1, use the pod templates",
        "spark.kubernetes.node.selector, disk=ssd, write spark.kubernetes.node.selector.disk=ssd",
        "spark.kubernetes.driver.label, team=data, write spark.kubernetes.driver.label.team=data",
        "spark.kubernetes.driver.annotation, x, write spark.kubernetes.driver.annotation.<name>",
        "spark.kubernetes.executor.volumes, x, write spark.kubernetes.executor.volumes.<type>.<name>.mount.path",
        "spark.kubernetes.executor.instances, 3, use spark.executor.instances",
        "spark.kubernetes.executor.memoryOverheadFactor, 0.2, use spark.executor.memoryOverheadFactor",
        "spark.kubernetes.driver.memory, 2g, use spark.driver.memory",
        "spark.kubernetes.kerberos.keytab, k, use spark.kerberos.keytab",
        "spark.kubernetes.executorEnv.A, b, use spark.executorEnv.A",
        "spark.kubernetes.driver.resource.gpu.amount, 1, use spark.driver.resource.gpu.amount"
    })
    void namesWhatToUseInPlaceOfAKeyThatIsNone(String written, String value, String remedy) {
        assertThat(Misspellings.warnings(SparkConf.of(Map.of(written, value))))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(written + " is not a key of Spark and has no effect: " + remedy);
    }

    @Test
    void namesTheReleaseWhenNothingIsLikeTheKey() {
        assertThat(Misspellings.warnings(
                        SparkConf.of(Map.of("spark.kubernetes.something.of.our.own", "x")),
                        Optional.of(SparkVersion.parse("3.5.6"))))
                .containsExactly(
                        "spark.kubernetes.something.of.our.own is not a key of Spark 3.5.6 and has no effect. Correct it or leave it out.");
    }

    @Test
    void namesTheReleaseThatAKeyCameWith() {
        assertThat(Misspellings.warnings(
                        SparkConf.of(Map.of("spark.kubernetes.driver.pod.excludedFeatureSteps", "x")),
                        Optional.of(SparkVersion.parse("3.5.6"))))
                .containsExactly(
                        "spark.kubernetes.driver.pod.excludedFeatureSteps came with Spark 4.1.0 and has no effect in Spark 3.5.6. Leave it out, or use a newer image.");
    }

    /** The keys that the code of each release reads, as its own class files have them. */
    @ParameterizedTest
    @ValueSource(strings = {"3.5.6", "4.0.1", "4.1.1", "4.2.0"})
    void acceptsEachKeyOfARelease(String release) throws IOException {
        Map<String, String> conf = new TreeMap<>();
        try (InputStream list = MisspellingsTest.class.getResourceAsStream("keys-" + release + ".txt")) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("spark."))
                    .map(key ->
                            !key.endsWith(".") ? key : key + (key.endsWith("volumes.") ? "emptyDir.a.mount.path" : "a"))
                    .forEach(key -> conf.put(key, "1"));
        }
        assertThat(conf).hasSizeGreaterThan(500);

        assertThat(Misspellings.warnings(SparkConf.of(conf), Optional.of(SparkVersion.parse(release))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.hadoop.fs.s3a.access.kye",
                "spark.sql.catalog.file",
                "spark.executorEnv.SPARK_LOCAL_DIR",
                "spark.my.file",
                "spark.mesos.executor.memoryOverhead",
                "spark.executor.resource.gpu.amount"
            })
    void acceptsKeysThatAreOpenToAnyName(String key) {
        assertThat(Misspellings.warnings(SparkConf.of(Map.of(key, "x")))).isEmpty();
    }

    @Test
    void reportsNothingWithoutConfiguration() {
        assertThat(Misspellings.warnings(SparkConf.empty())).isEmpty();
    }
}
