package io.jenkins.plugins.sparkk8s.driver;

import static io.jenkins.plugins.sparkk8s.driver.Applications.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of a driver's objects, compared by hand with what spark-submit 4.2.0 creates. */
class DriverSpecBuilderTest {
    @TempDir
    private Path folder;

    @Test
    void podOfAJavaApplication() {
        DriverSpec spec = Applications.java().arguments("a b", "c=\"d\"").build();

        assertThat(spec.pod().getMetadata().getName()).isEqualTo("up-aaaaaaaaaaaaaaaa-driver");
        assertThat(spec.pod().getMetadata().getNamespace()).isEqualTo("default");
        assertThat(spec.pod().getMetadata().getLabels())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "spark-app-name",
                        "up",
                        "spark-app-selector",
                        APP_ID,
                        "spark-role",
                        "driver",
                        "spark-version",
                        "4.2.0",
                        "sparkk8s.jenkins.io/application-id",
                        APP_ID));
        assertThat(spec.pod().getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(spec.pod().getSpec().getServiceAccountName()).isNull();
        Container container = spec.pod().getSpec().getContainers().get(0);
        assertThat(container.getName()).isEqualTo("spark-kubernetes-driver");
        assertThat(container.getImage()).isEqualTo("spark:4.2.0");
        assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(container.getArgs())
                .containsExactly(
                        "driver",
                        "--properties-file",
                        "/opt/spark/conf/spark.properties",
                        "--class",
                        "a.B",
                        "local:///opt/app.jar",
                        "a b",
                        "c=\"d\"");
        assertThat(container.getEnv())
                .extracting(EnvVar::getName)
                .containsExactly(
                        "SPARK_USER",
                        "SPARK_APPLICATION_ID",
                        "SPARK_DRIVER_BIND_ADDRESS",
                        "SPARK_LOCAL_DIRS",
                        "SPARK_CONF_DIR");
        assertThat(container.getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort, ContainerPort::getProtocol)
                .containsExactly(
                        tuple("driver-rpc-port", 7078, "TCP"),
                        tuple("blockmanager", 7079, "TCP"),
                        tuple("spark-ui", 4040, "TCP"),
                        tuple("spark-connect", 15002, "TCP"));
        assertThat(container.getResources().getRequests()).hasToString("{cpu=1, memory=1408Mi}");
        assertThat(container.getResources().getLimits()).hasToString("{memory=1408Mi}");
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/var/data/spark-01234567-89ab-cdef-0123-456789abcdef", "/opt/spark/conf");
    }

    @Test
    void serviceOfADriver() {
        Service service = (Service) resource(Applications.java().build(), "Service");

        assertThat(service.getMetadata().getName()).isEqualTo("up-aaaaaaaaaaaaaaaa-driver-svc");
        assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(service.getSpec().getIpFamilies()).containsExactly("IPv4");
        assertThat(service.getSpec().getIpFamilyPolicy()).isEqualTo("SingleStack");
        assertThat(service.getSpec().getSelector())
                .containsOnlyKeys("spark-app-name", "spark-app-selector", "spark-role", "spark-version");
        assertThat(service.getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactly(7078, 7079, 4040, 15002);
        assertThat(service.getSpec().getPorts())
                .allSatisfy(port -> assertThat(port.getProtocol()).isNull());
    }

    @Test
    void propertiesOfADriver() throws Exception {
        DriverSpec spec = Applications.java().with("spark.a.b", "x=y:z #! \\ ü").build();
        ConfigMap map = (ConfigMap) resource(spec, "ConfigMap");

        assertThat(spec.resources()).last().isEqualTo(map);
        assertThat(map.getMetadata().getName()).isEqualTo("spark-drv-cccccccccccccccc-conf-map");
        assertThat(map.getImmutable()).isTrue();
        assertThat(map.getData()).containsOnlyKeys("spark.properties", "spark.kubernetes.namespace");
        assertThat(map.getData().get("spark.properties"))
                .startsWith(
                        "#Java properties built from Kubernetes config map with name: spark-drv-cccccccccccccccc-conf-map\n"
                                + "spark.a.b=");
        Properties properties = new Properties();
        properties.load(new StringReader(map.getData().get("spark.properties")));
        assertThat(properties)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("spark.a.b", "x=y:z #! \\ ü"),
                        Map.entry("spark.master", "k8s://https://127.0.0.1:6443"),
                        Map.entry("spark.app.name", "up"),
                        Map.entry("spark.app.id", APP_ID),
                        Map.entry("spark.app.submitTime", "1795362892595"),
                        Map.entry("spark.jars", "local:///opt/app.jar"),
                        Map.entry("spark.kubernetes.container.image", "spark:4.2.0"),
                        Map.entry("spark.kubernetes.resource.type", "java"),
                        Map.entry("spark.kubernetes.memoryOverheadFactor", "0.1"),
                        Map.entry("spark.kubernetes.submitInDriver", "true"),
                        Map.entry("spark.kubernetes.driver.pod.name", "up-aaaaaaaaaaaaaaaa-driver"),
                        Map.entry("spark.driver.host", "up-aaaaaaaaaaaaaaaa-driver-svc.default.svc"),
                        Map.entry("spark.driver.port", "7078"),
                        Map.entry("spark.driver.blockManager.port", "7079")));
    }

    @Test
    void sameInputMakesTheSameObjects() {
        assertThat(Applications.java().build()).isEqualTo(Applications.java().build());
    }

    @Test
    void hostOfTheUserIsDropped() {
        assertThat(Applications.java()
                        .with("spark.driver.host", "1.2.3.4")
                        .build()
                        .properties()
                        .get("spark.driver.host"))
                .hasValue("up-aaaaaaaaaaaaaaaa-driver-svc.default.svc");
    }

    @Test
    void submitTimeOfTheUserIsKept() {
        assertThat(Applications.java()
                        .with("spark.app.submitTime", "42")
                        .build()
                        .properties()
                        .get("spark.app.submitTime"))
                .hasValue("42");
    }

    @Test
    void everyObjectIsInTheNamespace() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.namespace", "spark-demo")
                .build();

        assertThat(spec.namespace()).isEqualTo("spark-demo");
        assertThat(spec.resources())
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo("spark-demo"));
        assertThat(((ConfigMap) resource(spec, "ConfigMap")).getData())
                .containsEntry("spark.kubernetes.namespace", "spark-demo");
    }

    @Test
    void uploadedFilesComeFirst() throws IOException {
        String jar = fileToUpload("a.jar");
        String main = fileToUpload("app.jar");
        String archive = fileToUpload("env.tar.gz");
        DriverSpec spec = Applications.java()
                .main(main, "a.B")
                .with("spark.kubernetes.file.upload.path", "s3a://b")
                .with("spark.jars", "local:///x/y.jar," + jar + ",https://h/z.jar," + main)
                .with("spark.archives", archive + "#environment")
                .staged(jar, "s3a://b/1/a.jar")
                .staged(main, "s3a://b/2/app.jar")
                .staged(archive, "s3a://b/3/env.tar.gz")
                .build();

        assertThat(spec.properties().get("spark.jars"))
                .hasValue("s3a://b/1/a.jar,s3a://b/2/app.jar,local:///x/y.jar,https://h/z.jar");
        assertThat(spec.properties().get("spark.archives")).hasValue("s3a://b/3/env.tar.gz#environment");
        assertThat(spec.pod().getSpec().getContainers().get(0).getArgs()).contains("spark-internal");
    }

    @Test
    void rejectsAFileThatWasNotUploaded() throws IOException {
        Applications application = Applications.java()
                .with("spark.kubernetes.file.upload.path", "s3a://b")
                .with("spark.files", fileToUpload("a.txt"));

        assertThatThrownBy(application::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a.txt");
    }

    private String fileToUpload(String name) throws IOException {
        return "file:" + Files.writeString(folder.resolve(name), name);
    }

    @Test
    void confDirTravelsWithoutSparksOwnFilesAndArchives() throws Exception {
        Files.writeString(folder.resolve("log4j2.properties"), "a=b");
        Files.writeString(folder.resolve("metrics.conf"), "x");
        Files.writeString(folder.resolve("spark-defaults.conf"), "spark.x y");
        Files.writeString(folder.resolve("foo.template"), "t");
        Files.writeString(folder.resolve("lib.jar"), "t");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        DriverSpec spec = Applications.java()
                .variable("SPARK_CONF_DIR", folder.toString())
                .build();

        assertThat(((ConfigMap) resource(spec, "ConfigMap")).getData())
                .containsOnlyKeys("spark.properties", "spark.kubernetes.namespace", "log4j2.properties", "metrics.conf")
                .containsEntry("log4j2.properties", "a=b");
        assertThat(spec.pod().getSpec().getVolumes())
                .last()
                .satisfies(volume -> assertThat(volume.getConfigMap().getItems())
                        .extracting(KeyToPath::getKey, KeyToPath::getMode)
                        .containsExactly(
                                tuple("log4j2.properties", 420),
                                tuple("metrics.conf", 420),
                                tuple("spark.properties", 420)));
        assertThat(spec.warnings())
                .singleElement()
                .asString()
                .contains("binary")
                .contains("UTF-8");
    }

    @Test
    void confDirIsTakenSmallestFirstUpToTheLimit() throws Exception {
        Files.writeString(folder.resolve("big"), "0123456789");
        Files.writeString(folder.resolve("small"), "0");
        DriverSpec spec = Applications.java()
                .variable("SPARK_CONF_DIR", folder.toString())
                .with("spark.kubernetes.configMap.maxSize", "15")
                .build();

        assertThat(((ConfigMap) resource(spec, "ConfigMap")).getData())
                .containsKey("small")
                .doesNotContainKey("big");
        assertThat(spec.warnings())
                .singleElement()
                .asString()
                .contains("big")
                .contains("spark.kubernetes.configMap.maxSize");
    }

    @Test
    void tooManyPropertiesAreRefusedBeforeTheApiServerDoes() {
        assertThatThrownBy(() -> Applications.java()
                        .with("spark.huge", "x".repeat(1 << 20))
                        .check())
                .hasMessageContaining("ConfigMap spark-drv-")
                .hasMessageContaining("1048576");
    }

    @Test
    void excludedStepsAreLeftOutButStillChecked() {
        String excluded = "spark.kubernetes.driver.pod.excludedFeatureSteps";
        String step = "org.apache.spark.deploy.k8s.features.DriverServiceFeatureStep";
        assertThat(Applications.java().with(excluded, step).build().resources())
                .extracting(HasMetadata::getKind)
                .containsExactly("NetworkPolicy", "ConfigMap");
        assertThatThrownBy(() -> Applications.java()
                        .with(excluded, step)
                        .with("spark.driver.bindAddress", "1.2.3.4")
                        .build())
                .hasMessageContaining("spark.driver.bindAddress");
        assertThat(Applications.java()
                        .with(excluded, step)
                        .with("spark.kubernetes.submit.sparkVersion", "4.0.1")
                        .build()
                        .resources())
                .extracting(HasMetadata::getKind)
                .containsExactly("Service", "ConfigMap");
    }

    private static HasMetadata resource(DriverSpec spec, String kind) {
        return spec.resources().stream()
                .filter(object -> object.getKind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
