package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.localcluster.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code spark.kubernetes.submit.restricted} both kinds of pods pass the admission of an enforcing namespace. */
class RestrictedTest {
    private static final String RESTRICTED = "spark.kubernetes.submit.restricted";
    private static final String USER = "spark.kubernetes.submit.runAsUser";
    private static final String DRIVER_TEMPLATE = "spark.kubernetes.driver.podTemplateFile";
    private static final String EXECUTOR_TEMPLATE = "spark.kubernetes.executor.podTemplateFile";
    private static final String LEVEL = ", which the Pod Security level restricted (" + RESTRICTED + ") refuses. ";
    private static final String TEMPLATE = """
            apiVersion: v1
            kind: Pod
            spec:
              priorityClassName: batch
              securityContext: {fsGroup: 185, seccompProfile: {type: Localhost, localhostProfile: spark.json}}
              initContainers: [{name: init, image: busybox, securityContext: {runAsUser: 7}}]
              containers:
              - name: spark
                securityContext: {runAsUser: 1000, capabilities: {add: [NET_BIND_SERVICE], drop: [NET_RAW]}}
              - name: sidecar
                image: fluentbit:1
              volumes: [{name: scratch}, {name: data, persistentVolumeClaim: {claimName: data}}]
            """;

    private static LocalCluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LocalCluster.builder().node(false).start();
        cluster.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("restricted")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stopCluster() throws IOException {
        cluster.close();
    }

    private static Applications restricted() {
        return Applications.java().with(RESTRICTED, "true");
    }

    private Applications withTemplate(String key, String text) throws IOException {
        return restricted()
                .with(
                        key,
                        Files.writeString(folder.resolve("template.yaml"), text).toString());
    }

    private static Optional<Pod> executorTemplate(DriverSpec spec) {
        return spec.dependants().stream()
                .filter(ConfigMap.class::isInstance)
                .flatMap(map -> Stream.ofNullable(((ConfigMap) map).getData().get("podspec-configmap-key")))
                .map(text -> Serialization.unmarshal(text, Pod.class))
                .findFirst();
    }

    /** As the driver makes an executor pod of the template: it gives the first container an image. */
    private static Pod executor(Pod template) {
        return new PodBuilder(template)
                .withNewMetadata()
                .withName("executor")
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withImage("spark:4.2.0")
                .endContainer()
                .endSpec()
                .build();
    }

    private static void assertAdmitted(Pod pod) {
        Pod asked = new PodBuilder(pod)
                .editMetadata()
                .withNamespace("restricted")
                .endMetadata()
                .editSpec()
                .withPriorityClassName(null)
                .endSpec()
                .build();
        assertThat(cluster.client().pods().resource(asked).dryRun(true).create().getMetadata())
                .isNotNull();
    }

    @Test
    void bothPodsAreAdmittedWithoutATemplate() {
        DriverSpec spec = restricted().build();
        Pod template = executorTemplate(spec).orElseThrow();

        assertAdmitted(spec.pod());
        assertAdmitted(executor(template));
        assertThat(spec.pod().getSpec().getContainers())
                .singleElement()
                .satisfies(
                        c -> assertThat(c.getSecurityContext().getRunAsUser()).isEqualTo(185));
        assertThat(template.getSpec().getContainers()).singleElement().satisfies(c -> {
            assertThat(c.getName()).isEqualTo("spark-kubernetes-executor");
            assertThat(c.getSecurityContext().getRunAsUser()).isEqualTo(185);
        });
        assertThat(spec.properties().get(EXECUTOR_TEMPLATE)).contains("/opt/spark/pod-template/pod-spec-template.yml");
        assertThat(spec.warnings()).isEmpty();
    }

    @Test
    void nothingChangesWithoutIt() {
        DriverSpec spec = Applications.java().with(RESTRICTED, "false").build();

        assertThat(spec.pod()).isEqualTo(Applications.java().build().pod());
        assertThat(spec.pod().getSpec().getSecurityContext()).isNull();
        assertThat(executorTemplate(spec)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DRIVER_TEMPLATE, EXECUTOR_TEMPLATE})
    void whatATemplateSetsStaysAsFarAsItIsAdmitted(String key) throws IOException {
        DriverSpec spec = withTemplate(key, TEMPLATE).build();
        Pod made = key.equals(DRIVER_TEMPLATE)
                ? spec.pod()
                : executorTemplate(spec).orElseThrow();
        PodSpec pod = made.getSpec();
        Container spark = pod.getContainers().stream()
                .filter(c -> c.getName().equals("spark"))
                .findFirst()
                .orElseThrow();

        assertAdmitted(key.equals(DRIVER_TEMPLATE) ? made : executor(made));
        assertThat(pod.getPriorityClassName()).isEqualTo("batch");
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(185);
        assertThat(pod.getSecurityContext().getSeccompProfile().getLocalhostProfile())
                .isEqualTo("spark.json");
        assertThat(pod.getInitContainers().get(0).getSecurityContext().getRunAsUser())
                .isEqualTo(7);
        assertThat(spark.getSecurityContext().getRunAsUser()).isEqualTo(1000);
        assertThat(spark.getSecurityContext().getCapabilities().getAdd()).containsExactly("NET_BIND_SERVICE");
        assertThat(spark.getSecurityContext().getCapabilities().getDrop()).containsExactly("NET_RAW", "ALL");
    }

    @Test
    void userIsThatOfTheKeyOrOfTheImage() {
        assertThat(userOf(restricted().with(USER, "1001"))).isEqualTo(1001);
        assertThat(userOf(restricted().with(USER, "image"))).isNull();
        assertThat(restricted().with(USER, "image").build().pod().getSpec().getSecurityContext())
                .satisfies(context -> assertThat(context.getRunAsNonRoot()).isTrue());
    }

    private static Long userOf(Applications application) {
        return application
                .build()
                .pod()
                .getSpec()
                .getContainers()
                .get(0)
                .getSecurityContext()
                .getRunAsUser();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "root", "185.5", "4294967296"})
    void rootAndNamesAreNoUserIds(String user) {
        assertThatThrownBy(() -> restricted().with(USER, user).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The value '%s' of %s is not valid. It must be a user id from 1 to 2147483647, or image."
                        .formatted(user, USER));
    }

    @Test
    void aUserWithoutTheLevelHasNoEffect() {
        assertThat(Applications.java().with(USER, "1001").check())
                .containsExactly(
                        USER + " has no effect without " + RESTRICTED + "=true. Set that as well, or leave it out.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hostNetwork: true | hostNetwork: true",
                "volumes: [{name: v, hostPath: {path: /a}}] | volume: v of type hostPath",
                "volumes: [{name: v, nfs: {server: s, path: /}}] | volume: v of type nfs",
                "securityContext: {runAsUser: 0} | runAsUser: 0 of the pod",
                "securityContext: {runAsNonRoot: false} | runAsNonRoot: false of the pod",
                "securityContext: {seccompProfile: {type: Unconfined}} | seccompProfile.type: Unconfined of the pod",
                "securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]} | sysctl: kernel.msgmax",
                "containers: [{name: c, securityContext: {privileged: true}}] | privileged: true of container c",
                "containers: [{name: c, securityContext: {allowPrivilegeEscalation: true}}] | allowPrivilegeEscalation: true of container c",
                "containers: [{name: c, securityContext: {capabilities: {add: [NET_RAW]}}}] | capabilities.add: NET_RAW of container c",
                "containers: [{name: c, ports: [{containerPort: 1, hostPort: 80}]}] | hostPort: 80 of container c",
                "containers: [{name: c, livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}}] | httpGet.host: 10.0.0.1 of container c",
                "initContainers: [{name: i, securityContext: {runAsUser: 0}}] | runAsUser: 0 of container i",
                "securityContext: {windowsOptions: {hostProcess: true}} | windowsOptions.hostProcess: true of the pod",
                "containers: [{name: c, securityContext: {windowsOptions: {hostProcess: true}}}] | windowsOptions.hostProcess: true of container c",
            })
    void aTemplateThatIsRefusedIsAnError(String spec, String field) throws IOException {
        for (String key : new String[] {DRIVER_TEMPLATE, EXECUTOR_TEMPLATE}) {
            Applications application = withTemplate(key, "apiVersion: v1\nkind: Pod\nspec:\n  " + spec + "\n");

            assertThatThrownBy(application::check)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("The pod template of " + key + " has " + field + LEVEL
                            + "Change the template, or submit without " + RESTRICTED + "=true.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "driver.volumes.hostPath.data, hostPath",
        "executor.volumes.hostPath.data, hostPath",
        "executor.volumes.nfs.data, nfs"
    })
    void volumesOfTheNodeAreRefusedByTheirKeys(String volume, String type) {
        String key = "spark.kubernetes." + volume;
        Applications application = restricted()
                .with(key + ".mount.path", "/data")
                .with(key + ".options.path", "/data")
                .with(key + ".options.server", "nfs.example.com");

        assertThatThrownBy(application::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + ".* is a volume of type " + type + LEVEL
                        + "Use persistentVolumeClaim or emptyDir, or submit without " + RESTRICTED + "=true.");
    }

    @Test
    void keysAgainstTheLevelAreRefusedTogether() {
        Applications application = restricted()
                .with("spark.kubernetes.submit.sparkVersion", "4.3.0")
                .with("spark.kubernetes.securityContext.allowPrivilegeEscalation", "true")
                .with(
                        "spark.kubernetes.executor.annotation.container.apparmor.security.beta.kubernetes.io/c",
                        "unconfined")
                .with(
                        "spark.kubernetes.driver.pod.excludedFeatureSteps",
                        "org.apache.spark.deploy.k8s.features.PodTemplateConfigMapStep");

        assertThatThrownBy(application::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "spark.kubernetes.securityContext.allowPrivilegeEscalation is true" + LEVEL + "Leave it out",
                        "apparmor.security.beta.kubernetes.io/c is unconfined" + LEVEL,
                        "excludedFeatureSteps leaves out");
    }
}
