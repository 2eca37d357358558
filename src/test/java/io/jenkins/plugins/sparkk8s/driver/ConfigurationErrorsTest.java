package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors are found before anything is uploaded, all at once, each naming the full key. */
class ConfigurationErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spark.driver.bindAddress|1.2.3.4|binds to the address of its pod",
                "spark.kubernetes.driver.label.spark-role|x|label spark-role",
                "spark.kubernetes.executor.label.spark-exec-id|x|label spark-exec-id",
                "spark.kubernetes.driver.request.cores|two|not a Kubernetes quantity",
                "spark.driver.cores|0.5|written as spark.kubernetes.driver.request.cores=500m, beside spark.driver.cores=1",
                "spark.driver.cores|500m|written as spark.kubernetes.driver.request.cores=500m",
                "spark.executor.cores|1.5|written as spark.kubernetes.executor.request.cores=500m",
                "spark.driver.memory|512Mi|Spark writes this size 512m",
                "spark.executor.memoryOverhead|2GiB|Spark writes this size 2g",
                "spark.kubernetes.driver.limit.cores|1,5|not a Kubernetes quantity",
                "spark.driver.resource.gpu.amount|2|spark.driver.resource.gpu.vendor",
                "spark.driver.resource.gpu.vendor|nvidia.com|spark.driver.resource.gpu.amount",
                "spark.driver.resource.gpu.amount|many|must be a whole number",
                "spark.executor.resource.gpu.amount|1|spark.executor.resource.gpu.vendor",
                "spark.driver.port|0|must be from 1 to 65535",
                "spark.blockManager.port|80|must be 0 or from 1024 to 65535",
                "spark.driver.cores|0|positive",
                "spark.driver.memory|1.5g|must be a size",
                "spark.executor.instances|0|spark.dynamicAllocation.enabled",
                "spark.kubernetes.driver.secretKeyRef.PASSWORD|db|name:key",
                "spark.kubernetes.executor.secretKeyRef.PASSWORD|a:b:c|name:key",
                "spark.kubernetes.driver.pod.featureSteps|com.example.Step|cannot be run by this submitter",
                "spark.kubernetes.driver.podTemplateFile|/no/such.yaml|does not exist",
                "spark.kubernetes.executor.podTemplateFile|s3a://b/t.yaml|only a local file",
                "spark.kubernetes.authenticate.driver.caCertFile|/no/ca|does not exist",
                "spark.kerberos.keytab|/no/keytab|spark.kerberos.principal",
                "spark.kerberos.principal|me@X|spark.kerberos.keytab",
                "spark.kubernetes.kerberos.tokenSecret.name|t|spark.kubernetes.kerberos.tokenSecret.itemKey",
                "spark.hadoop.hadoop.security.authentication|kerberos|does not obtain delegation tokens",
                "spark.kubernetes.driver.pod.name|Not_Valid|lower-case letters",
                "spark.kubernetes.submit.sparkVersion|2.4.8|Use 3.5 or a newer release",
                "spark.kubernetes.allocation.batch.delay|50ms|longer than 100ms",
                "spark.kubernetes.allocation.pods.allocator|Direct|direct, statefulset or the full name of a class",
                "spark.executor.memoryOverhead|much|must be a size",
                "spark.executor.memoryOverheadFactor|-1|greater than 0",
                "spark.executor.minMemoryOverhead|-1|must be a size",
                "spark.executor.pyspark.memory|1.5g|must be a size",
                "spark.memory.offHeap.enabled|true|spark.memory.offHeap.size",
                "spark.executor.failuresValidityInterval|soon|must be a time",
                "spark.dynamicAllocation.executorIdleTimeout|-1s|must not be negative",
                "spark.dynamicAllocation.cachedExecutorIdleTimeout|-1s|must not be negative",
                "spark.dynamicAllocation.shuffleTracking.timeout|-1s|must not be negative",
                "spark.executor.extraJavaOptions|-Xmx4g|spark.executor.memory",
                "spark.executor.extraJavaOptions|-Dspark.a=b|--conf",
            })
    void errorNamesItsKeyAndTheRemedy(String key, String value, String requirement) {
        assertThatThrownBy(() -> Applications.java().with(key, value).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        key.startsWith("spark.files") ? "file:/w/a.txt" : key.replaceFirst("[.](name|vendor)$", ""))
                .hasMessageContaining(requirement);
    }

    @Test
    void reportsAllErrorsTogether() {
        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class,
                () -> Applications.java()
                        .without("spark.kubernetes.container.image")
                        .with("spark.driver.bindAddress", "1.2.3.4")
                        .with("spark.driver.memory", "lots")
                        .with("spark.files", "/w/a.txt")
                        .with("spark.kubernetes.driver.volumes.hostPath.h.mount.path", "/h")
                        .with("spark.kubernetes.executor.volumes.ceph.n.mount.path", "/n")
                        .with("spark.kubernetes.executor.apiPollingInterval", "0")
                        .check());

        assertThat(e.problems()).hasSize(8).doesNotHaveDuplicates();
        assertThat(String.join("\n", e.problems()))
                .contains(
                        "spark.kubernetes.container.image",
                        "spark.driver.bindAddress",
                        "spark.driver.memory",
                        "/w/a.txt does not exist",
                        "spark.kubernetes.file.upload.path",
                        "spark.kubernetes.driver.volumes.hostPath.h.options.path",
                        "spark.kubernetes.executor.volumes.ceph.n.",
                        "spark.kubernetes.executor.apiPollingInterval");
    }

    @Test
    void valuesOfSecretKeysAreNotShown() {
        assertThatThrownBy(() -> Applications.java()
                        .with("spark.kubernetes.driver.secretKeyRef.TOKEN", "hunter2")
                        .check())
                .hasMessageContaining("secretKeyRef.TOKEN")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void executorsNeedAnImageToo() {
        assertThatThrownBy(() -> Applications.java()
                        .without("spark.kubernetes.container.image")
                        .with("spark.kubernetes.driver.container.image", "d:1")
                        .check())
                .hasMessageContaining("spark.kubernetes.executor.container.image");
    }

    @Test
    void proxyUserAndPrincipalExcludeEachOther() {
        assertThatThrownBy(() -> Applications.java()
                        .proxyUser("bob")
                        .with("spark.kerberos.principal", "me@X")
                        .with("spark.kerberos.keytab", "local:///k")
                        .check())
                .hasMessageContaining("--proxy-user")
                .hasMessageContaining("spark.kerberos.principal");
    }

    @ParameterizedTest
    @CsvSource({
        "100m,,spark.executor.cores",
        "1,1500m,spark.kubernetes.executor.request.cores",
    })
    void executorLimitIsNotLessThanItsRequest(String limit, String request, String source) {
        Applications application = Applications.java().with("spark.kubernetes.executor.limit.cores", limit);
        Applications asked =
                request == null ? application : application.with("spark.kubernetes.executor.request.cores", request);
        assertThatThrownBy(asked::check)
                .hasMessageContaining("spark.kubernetes.executor.limit.cores is " + limit)
                .hasMessageContaining(source);
        assertThatCode(() ->
                        asked.with("spark.kubernetes.executor.limit.cores", "2").check())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spark.kubernetes.driver.limit.cores|500m|the request, which is 1 by spark.driver.cores",
                "spark.kubernetes.allocation.maximum|2|the application requests 2 at the start",
                "spark.executor.memory|256m|a heap of less than 450m",
                "spark.driver.memory|449m|a heap of less than 450m",
            })
    void whatTheSubmissionSurvivesIsAWarning(String key, String value, String reason) {
        assertThat(Applications.java().with(key, value).build().warnings())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(key + " is " + value)
                .contains(reason);
    }

    @Test
    void variablesThatDoNotReachTheExecutorsAreAWarning() {
        assertThat(Applications.java()
                        .with("spark.executorEnv.1ST", "a")
                        .with("spark.executorEnv.A-b.C_1", "a")
                        .build()
                        .warnings())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("spark.executorEnv.1ST does not reach the executors");
    }

    @Test
    void executorsTemplateWithoutTheNamedContainerIsAWarning(@TempDir Path directory) throws IOException {
        Path template = Files.writeString(directory.resolve("executor.yaml"), """
                kind: Pod
                spec: {containers: [{name: a}, {name: b}]}
                """);
        Applications application =
                Applications.java().with("spark.kubernetes.executor.podTemplateFile", template.toString());

        assertThat(application
                        .with("spark.kubernetes.executor.podTemplateContainerName", "c")
                        .build()
                        .warnings())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("spark.kubernetes.executor.podTemplateContainerName is c")
                .contains("its first container, a,");
        assertThat(application
                        .with("spark.kubernetes.executor.podTemplateContainerName", "b")
                        .build()
                        .warnings())
                .isEmpty();
    }

    @Test
    void aWrongPortIsReportedOnce() {
        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class,
                () -> Applications.java()
                        .with("spark.blockManager.port", "70000")
                        .check());
        assertThat(e.problems()).hasSize(1);
    }

    @Test
    void pendingPodsOfAProfileAreAtMostThoseOfAll() {
        Applications few = Applications.java().with("spark.kubernetes.allocation.maxPendingPods", "5");
        assertThatCode(few::check).doesNotThrowAnyException();
        assertThatThrownBy(() -> few.with("spark.kubernetes.allocation.maxPendingPodsPerRp", "6")
                        .check())
                .hasMessageContaining("spark.kubernetes.allocation.maxPendingPodsPerRp is 6")
                .hasMessageContaining("which is 5");
    }

    @ParameterizedTest
    @CsvSource({
        "minExecutors,-1,must not be negative",
        "maxExecutors,0,must be a positive number",
        "minExecutors,30,must not be more than spark.dynamicAllocation.maxExecutors",
        "initialExecutors,21,cannot start with more executors",
        "shuffleTracking.enabled,false,needs a way to keep shuffle data",
        "schedulerBacklogTimeout,0s,positive time",
        "executorAllocationRatio,1.5,at most 1",
    })
    void dynamicAllocation(String key, String value, String requirement) {
        Applications dynamic = Applications.java()
                .with("spark.dynamicAllocation.enabled", "true")
                .with("spark.dynamicAllocation.maxExecutors", "20");
        assertThatCode(dynamic::check).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        dynamic.with("spark.dynamicAllocation." + key, value).check())
                .hasMessageContaining("spark.dynamicAllocation.")
                .hasMessageContaining(requirement);
    }

    @Test
    void numberOfExecutorsMayBeZeroUnderDynamicAllocation() {
        assertThatCode(() -> Applications.java()
                        .with("spark.dynamicAllocation.enabled", "true")
                        .with("spark.executor.instances", "0")
                        .check())
                .doesNotThrowAnyException();
    }

    @Test
    void fixedNumberOfExecutorsMustFitTheMaximum() {
        assertThatThrownBy(() -> Applications.java()
                        .with("spark.dynamicAllocation.enabled", "true")
                        .with("spark.dynamicAllocation.maxExecutors", "4")
                        .with("spark.executor.instances", "5")
                        .check())
                .hasMessageContaining("spark.executor.instances is 5");
    }

    @Test
    void namesThatAreTooLongForAnObjectAreRefused() {
        assertThatThrownBy(() -> Applications.java()
                        .with("spark.app.name", "a".repeat(250))
                        .check())
                .hasMessageContaining("the Pod is not valid")
                .hasMessageContaining("spark.kubernetes.driver.pod.name");
    }

    @Test
    void filesToUploadNeedOnlyAPathToPassTheCheck(@TempDir Path directory) throws IOException {
        Path job = Files.createFile(directory.resolve("job.py"));
        Path file = Files.createFile(directory.resolve("a.txt"));

        assertThatCode(() -> Applications.python("file:" + job)
                        .with("spark.files", file + ",local:///in/image,s3a://b/c")
                        .with("spark.kubernetes.file.upload.path", "s3a://bucket/folder")
                        .check())
                .doesNotThrowAnyException();
    }
}
