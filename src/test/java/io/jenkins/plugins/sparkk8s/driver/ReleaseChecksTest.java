package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs between the releases of Spark. */
class ReleaseChecksTest {
    private static final String ALLOCATOR = "spark.kubernetes.allocation.pods.allocator";
    private static final String POLICY_STEP = "org.apache.spark.deploy.k8s.features.NetworkPolicyFeatureStep";
    private static final String ESCALATION = "spark.kubernetes.%ssecurityContext.allowPrivilegeEscalation";

    @TempDir
    private Path folder;

    private static Applications of(String version) {
        return Applications.java().with("spark.kubernetes.container.image", "spark:" + version);
    }

    private static Optional<NetworkPolicy> policy(Applications application) {
        return application.build().dependants().stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .findFirst();
    }

    @Test
    void executorsAdmitOnlyTheirApplication() {
        NetworkPolicy policy = policy(of("4.2.0")).orElseThrow();

        String id = policy.getMetadata().getLabels().get("spark-app-selector");
        assertThat(policy.getMetadata().getName()).isEqualTo("up-aaaaaaaaaaaaaaaa-policy");
        assertThat(policy.getMetadata().getNamespace()).isEqualTo("default");
        assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                .isEqualTo(Map.of("spark-role", "executor", "spark-app-selector", id));
        assertThat(policy.getSpec().getIngress())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getFrom())
                        .singleElement()
                        .satisfies(peer -> assertThat(peer.getPodSelector().getMatchLabels())
                                .isEqualTo(Map.of("spark-app-selector", id))));
        assertThat(policy.getSpec().getPolicyTypes()).isEmpty();
        assertThat(policy.getSpec().getEgress()).isEmpty();
    }

    @Test
    void policyIsLeftOutWhenExcludedOrOlder() {
        assertThat(policy(of("4.1.1"))).isEmpty();
        assertThat(policy(of("4.2.0").with("spark.kubernetes.driver.pod.excludedFeatureSteps", POLICY_STEP)))
                .isEmpty();
        assertThat(policy(of("4.9.0"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            value = {"4.2.0, grpc", "4.1.1, NULL"},
            nullValues = "NULL")
    void portOfSparkConnectNamesItsProtocol(String version, String protocol) {
        Service service = of(version).build().dependants().stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(service.getSpec().getPorts())
                .filteredOn(port -> port.getName().equals("spark-connect"))
                .extracting(ServicePort::getAppProtocol)
                .containsExactly(protocol);
        assertThat(service.getSpec().getPorts())
                .filteredOn(port -> !port.getName().equals("spark-connect"))
                .extracting(ServicePort::getAppProtocol)
                .containsOnlyNulls();
    }

    @Test
    void deploymentsOfExecutorsAreOfNewReleases() {
        assertThat(warnings(of("4.2.0").with(ALLOCATOR, "deployment"))).isEmpty();
        assertThatThrownBy(() -> of("4.1.1").with(ALLOCATOR, "deployment").check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(ALLOCATOR, "since 4.2", "4.1.1", "spark.kubernetes.submit.sparkVersion");
    }

    @Test
    void deploymentsOfExecutorsScaleDownByDeletionCosts() {
        Applications dynamic =
                of("4.2.0").with(ALLOCATOR, "deployment").with("spark.dynamicAllocation.enabled", "true");

        assertThatThrownBy(dynamic::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spark.kubernetes.executor.podDeletionCost");
        assertThat(warnings(dynamic.with("spark.kubernetes.executor.podDeletionCost", "-1")))
                .isEmpty();
    }

    @Test
    void deploymentsOfExecutorsHaveNoClaims() {
        String volume = "spark.kubernetes.executor.volumes.persistentVolumeClaim.data.";

        assertThatThrownBy(() -> of("4.2.0")
                        .with(ALLOCATOR, "deployment")
                        .with(volume + "mount.path", "/data")
                        .with(volume + "options.claimName", "mine")
                        .check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(volume, ALLOCATOR + "=deployment");
    }

    @Test
    void tasksNeedCpus() {
        assertThatThrownBy(() -> of("4.2.0").with("spark.task.cpus", "0").check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The value '0' of spark.task.cpus is not valid. It must be a positive whole number.");
        assertThat(warnings(of("4.1.1").with("spark.task.cpus", "0"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "executor.resizeInterval, -1s",
        "executor.resizeThreshold, 0",
        "executor.resizeThreshold, 1",
        "executor.resizeFactor, 0",
        "executor.resizeFactor, 1.1",
        "executor.pvc.resizeInterval, 7m",
        "executor.pvc.resizeInterval, -5m",
        "executor.pvc.resizeThreshold, 1.0",
        "executor.pvc.resizeFactor, 0",
        "executor.podDeletionCost, cheap",
        "allocation.recoveryMode.enabled, maybe",
        "allocation.batch.size, 0"
    })
    void rangesAreSparks(String key, String value) {
        assertThatThrownBy(
                        () -> of("4.2.0").with("spark.kubernetes." + key, value).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("'" + value + "'", "spark.kubernetes." + key);
    }

    @ParameterizedTest
    @CsvSource({
        "executor.resizeInterval, 0",
        "executor.resizeThreshold, 0.99",
        "executor.resizeFactor, 1",
        "executor.pvc.resizeInterval, 10",
        "executor.pvc.resizeInterval, 0",
        "executor.pvc.resizeFactor, 1.0",
        "allocation.recoveryMode.enabled, true"
    })
    void endsOfRangesAreTaken(String key, String value) {
        assertThat(warnings(of("4.2.0").with("spark.kubernetes." + key, value))).isEmpty();
    }

    @Test
    void newerReleaseIsTreatedAsTheNewestWithOneWarning() {
        assertThat(warnings(of("4.4.0")))
                .singleElement()
                .asString()
                .startsWith("Spark 4.4.0 (the tag of the image) is newer")
                .contains("treated as Spark 4.3");
        assertThat(warnings(of("4.4.0").with("spark.kubernetes.submit.sparkVersion", "4.4.1")))
                .singleElement()
                .asString()
                .startsWith("Spark 4.4.1 (spark.kubernetes.submit.sparkVersion) is newer");
        assertThat(of("4.4.0").build().pod().getMetadata().getLabels()).containsEntry("spark-version", "4.4.0");
    }

    @Test
    void tagOfAnotherLineThanTheKeyIsAWarning() {
        Applications application = of("4.2.0").with("spark.kubernetes.submit.sparkVersion", "4.1");

        assertThat(warnings(application))
                .singleElement()
                .asString()
                .startsWith("spark.kubernetes.submit.sparkVersion is 4.1, but the tag of the image is of Spark 4.2.0.");
        assertThat(warnings(of("4.1.1").with("spark.kubernetes.submit.sparkVersion", "4.1")))
                .isEmpty();
    }

    @Test
    void deletionCostsNeedDeploymentsAndDynamicAllocation() {
        Applications costs = of("4.2.0").with("spark.kubernetes.executor.podDeletionCost", "-5");

        assertThat(warnings(costs)).singleElement().asString().contains("podDeletionCost has no effect");
        assertThat(warnings(costs.with(ALLOCATOR, "deployment").with("spark.dynamicAllocation.enabled", "true")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "driver."})
    void privilegesDoNotGrowSinceSpark43(String who) {
        assertThat(escalation(of("4.2.0"))).isNull();
        assertThat(escalation(of("4.3.0"))).isFalse();
        assertThat(escalation(of("4.3.0").with(ESCALATION.formatted(who), "true")))
                .isTrue();
        assertThat(escalation(of("4.3.0").with(ESCALATION.formatted("executor."), "true")))
                .isFalse();
    }

    @Test
    void privilegesOfThePodTemplateStay() throws IOException {
        Path template = Files.writeString(folder.resolve("driver.yaml"), """
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                  - name: c
                    securityContext: {allowPrivilegeEscalation: true, runAsUser: 185}
                """);
        Applications application = of("4.3.0").with("spark.kubernetes.driver.podTemplateFile", template.toString());

        assertThat(escalation(application)).isTrue();
        assertThat(escalation(application.with(ESCALATION.formatted("driver."), "false")))
                .isFalse();
        assertThat(application
                        .build()
                        .pod()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getSecurityContext()
                        .getRunAsUser())
                .isEqualTo(185);
    }

    private static Boolean escalation(Applications application) {
        return Optional.ofNullable(application
                        .build()
                        .pod()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getSecurityContext())
                .map(context -> context.getAllowPrivilegeEscalation())
                .orElse(null);
    }

    private static List<String> warnings(Applications application) {
        return application.check();
    }
}
