package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the other feature steps of Spark do to a driver. */
class FeatureStepsTest {
    @TempDir
    private Path folder;

    @Test
    void serviceAccountIsSetWithoutCredentials() {
        PodSpec pod = Applications.java()
                .with("spark.kubernetes.authenticate.driver.serviceAccountName", "spark")
                .build()
                .pod()
                .getSpec();
        assertThat(pod.getServiceAccountName()).isEqualTo("spark");
        assertThat(pod.getServiceAccount()).isEqualTo("spark");
    }

    @Test
    void credentialsTravelInASecretAndNotInTheProperties() throws IOException {
        Path ca = Files.writeString(folder.resolve("ca.crt"), "CA");
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.authenticate.driver.oauthToken", "s3cr3t")
                .with("spark.kubernetes.authenticate.driver.caCertFile", ca.toString())
                .with("spark.kubernetes.authenticate.submission.oauthToken", "alsoSecret")
                .with("spark.kubernetes.authenticate.driver.serviceAccountName", "spark")
                .build();

        Secret secret = resource(spec, Secret.class);
        assertThat(secret.getMetadata().getName()).isEqualTo("up-aaaaaaaaaaaaaaaa-kubernetes-credentials");
        assertThat(secret.getData()).isEqualTo(Map.of("oauth-token", "czNjcjN0", "ca-cert", base64("CA")));
        assertThat(spec.pod().getSpec().getServiceAccountName()).isNull();
        assertThat(spec.properties().get("spark.kubernetes.authenticate.driver.mounted.oauthTokenFile"))
                .hasValue("/mnt/secrets/spark-kubernetes-credentials/oauth-token");
        assertThat(spec.properties().get("spark.kubernetes.authenticate.driver.mounted.caCertFile"))
                .hasValue("/mnt/secrets/spark-kubernetes-credentials/ca-cert");
        assertThat(resource(spec, ConfigMap.class).getData().get("spark.properties"))
                .doesNotContain("s3cr3t")
                .doesNotContain("alsoSecret");
        assertThat(spec.warnings()).singleElement().asString().contains("serviceAccountName is not applied");
    }

    @Test
    void secretsAreMountedAndRead() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.driver.secrets.creds", "/etc/creds")
                .with("spark.kubernetes.driver.secretKeyRef.PASSWORD", "db:password")
                .with("spark.kubernetes.driverEnv.MODE", "prod")
                .build();

        assertThat(volume(spec, "creds-volume").getSecret().getSecretName()).isEqualTo("creds");
        assertThat(mount(spec, "creds-volume").getMountPath()).isEqualTo("/etc/creds");
        assertThat(variable(spec, "PASSWORD")
                        .orElseThrow()
                        .getValueFrom()
                        .getSecretKeyRef()
                        .getName())
                .isEqualTo("db");
        assertThat(container(spec).getEnv())
                .extracting(EnvVar::getName)
                .containsExactly(
                        "SPARK_USER",
                        "SPARK_APPLICATION_ID",
                        "MODE",
                        "SPARK_DRIVER_BIND_ADDRESS",
                        "PASSWORD",
                        "SPARK_LOCAL_DIRS",
                        "SPARK_CONF_DIR");
    }

    @Test
    void userIsThatOfTheVariableOrOfTheSubmitter() {
        assertThat(variable(Applications.java().build(), "SPARK_USER")
                        .orElseThrow()
                        .getValue())
                .isEqualTo("jane");
        assertThat(variable(Applications.java().variable("SPARK_USER", "bob").build(), "SPARK_USER")
                        .orElseThrow()
                        .getValue())
                .isEqualTo("bob");
    }

    @Test
    void warnsOfAnRFileThatIsNotUploaded() {
        Applications remote = Applications.java().main("hdfs://nn/job.R", "org.apache.spark.deploy.RRunner");
        Applications local = Applications.java().main("file:/w/job.R", "org.apache.spark.deploy.RRunner");

        assertThat(remote.build().warnings()).isEmpty();
        assertThat(local.build().warnings())
                .singleElement()
                .asString()
                .contains("file:/w/job.R is not uploaded", "local://");
    }

    @Test
    void pythonFileAndInterpreter(@TempDir Path folder) throws IOException {
        String job = "file:" + Files.writeString(folder.resolve("job.py"), "");
        DriverSpec spec = Applications.python(job)
                .with("spark.kubernetes.file.upload.path", "s3a://b")
                .staged(job, "s3a://b/1/job.py")
                .with("spark.pyspark.python", "/opt/py/bin/python")
                .variable("PYSPARK_DRIVER_PYTHON", "/never")
                .proxyUser("bob")
                .arguments("x")
                .build();

        assertThat(container(spec).getArgs())
                .containsExactly(
                        "driver",
                        "--proxy-user",
                        "bob",
                        "--properties-file",
                        "/opt/spark/conf/spark.properties",
                        "--class",
                        "org.apache.spark.deploy.PythonRunner",
                        "s3a://b/1/job.py",
                        "x");
        assertThat(variable(spec, "PYSPARK_PYTHON").orElseThrow().getValue()).isEqualTo("/opt/py/bin/python");
        assertThat(variable(spec, "PYSPARK_DRIVER_PYTHON").orElseThrow().getValue())
                .isEqualTo("/opt/py/bin/python");
        assertThat(spec.properties().get("spark.kubernetes.resource.type")).hasValue("python");
    }

    @Test
    void rFileIsPassedOnAsItIs() {
        DriverSpec spec = Applications.java()
                .main("file:/w/job.R", "org.apache.spark.deploy.RRunner")
                .build();
        assertThat(container(spec).getArgs()).contains("file:/w/job.R");
        assertThat(spec.properties().get("spark.kubernetes.resource.type")).hasValue("r");
    }

    @Test
    void hadoopConfOfTheSubmitter() throws IOException {
        Files.writeString(folder.resolve("core-site.xml"), "<c/>");
        Files.createDirectory(folder.resolve("sub"));
        Applications application = Applications.java().variable("HADOOP_CONF_DIR", folder.toString());
        DriverSpec spec = application.build();

        ConfigMap map = resource(spec, ConfigMap.class);
        assertThat(map.getMetadata().getName()).isEqualTo("up-aaaaaaaaaaaaaaaa-hadoop-config");
        assertThat(map.getData()).isEqualTo(Map.of("core-site.xml", "<c/>"));
        assertThat(mount(spec, "hadoop-properties").getMountPath()).isEqualTo("/opt/hadoop/conf");
        assertThat(volume(spec, "hadoop-properties").getConfigMap().getItems())
                .singleElement()
                .satisfies(item -> assertThat(item.getPath()).isEqualTo("core-site.xml"));
        assertThat(variable(spec, "HADOOP_CONF_DIR").orElseThrow().getValue()).isEqualTo("/opt/hadoop/conf");
        assertThat(spec.properties().get("spark.kubernetes.executor.hadoopConfigMapName"))
                .hasValue("up-aaaaaaaaaaaaaaaa-hadoop-config");
        assertThatThrownBy(() -> application
                        .with("spark.kubernetes.hadoop.configMapName", "mine")
                        .build())
                .hasMessageContaining("HADOOP_CONF_DIR")
                .hasMessageContaining("spark.kubernetes.hadoop.configMapName");
    }

    @Test
    void kerberosWithKeytabAndKrb5() throws IOException {
        Path keytab = Files.writeString(folder.resolve("me.keytab"), "K");
        Path krb5 = Files.writeString(folder.resolve("company.conf"), "[libdefaults]");
        DriverSpec spec = Applications.java()
                .with("spark.kerberos.principal", "me@X")
                .with("spark.kerberos.keytab", keytab.toString())
                .with("spark.kubernetes.kerberos.krb5.path", krb5.toString())
                .build();

        assertThat(resource(spec, Secret.class).getMetadata().getName())
                .isEqualTo("up-aaaaaaaaaaaaaaaa-kerberos-keytab");
        assertThat(resource(spec, Secret.class).getData()).isEqualTo(Map.of("me.keytab", base64("K")));
        assertThat(spec.properties().get("spark.kerberos.keytab")).hasValue("/mnt/secrets/kerberos-keytab/me.keytab");
        assertThat(resource(spec, ConfigMap.class).getData()).isEqualTo(Map.of("company.conf", "[libdefaults]"));
        assertThat(mount(spec, "krb5-file"))
                .extracting(VolumeMount::getMountPath, VolumeMount::getSubPath)
                .containsExactly("/etc/krb5.conf", "krb5.conf");
        assertThat(volume(spec, "krb5-file").getConfigMap().getItems())
                .extracting("key", "path")
                .containsExactly(tuple("company.conf", "krb5.conf"));
    }

    @Test
    void kerberosWithAnExistingTokenSecret() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.kerberos.tokenSecret.name", "tokens")
                .with("spark.kubernetes.kerberos.tokenSecret.itemKey", "tok")
                .with("spark.kubernetes.kerberos.krb5.configMapName", "krb")
                .build();

        assertThat(volume(spec, "hadoop-secret").getSecret().getSecretName()).isEqualTo("tokens");
        assertThat(variable(spec, "HADOOP_TOKEN_FILE_LOCATION").orElseThrow().getValue())
                .isEqualTo("/mnt/secrets/hadoop-credentials/tok");
        assertThat(volume(spec, "krb5-file").getConfigMap().getName()).isEqualTo("krb");
    }

    @Test
    void keytabInTheImageIsLeftThere() {
        DriverSpec spec = Applications.java()
                .with("spark.kerberos.principal", "me@X")
                .with("spark.kerberos.keytab", "local:///etc/me.keytab")
                .build();
        assertThat(spec.properties().get("spark.kerberos.keytab")).hasValue("local:///etc/me.keytab");
        assertThat(spec.resources()).noneMatch(Secret.class::isInstance);
    }

    @Test
    void executorTemplateTravelsInAConfigMap() throws IOException {
        String text = "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: x, image: y}]}\n";
        Path file = Files.writeString(folder.resolve("exec.yaml"), text);
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.executor.podTemplateFile", "file://" + file)
                .build();

        assertThat(resource(spec, ConfigMap.class).getMetadata().getName())
                .isEqualTo("up-aaaaaaaaaaaaaaaa-driver-podspec-conf-map");
        assertThat(resource(spec, ConfigMap.class).getData()).isEqualTo(Map.of("podspec-configmap-key", text));
        assertThat(spec.properties().get("spark.kubernetes.executor.podTemplateFile"))
                .hasValue("/opt/spark/pod-template/pod-spec-template.yml");
        assertThat(mount(spec, "pod-template-volume").getMountPath()).isEqualTo("/opt/spark/pod-template");
    }

    @Test
    void localDirsOfTheConfigurationInMemory() {
        DriverSpec spec = Applications.java()
                .with("spark.local.dir", "/var/a,/var/b")
                .with("spark.kubernetes.local.dirs.tmpfs", "true")
                .build();

        assertThat(variable(spec, "SPARK_LOCAL_DIRS").orElseThrow().getValue()).isEqualTo("/var/a,/var/b");
        assertThat(mount(spec, "spark-local-dir-2").getMountPath()).isEqualTo("/var/b");
        assertThat(volume(spec, "spark-local-dir-1").getEmptyDir().getMedium()).isEqualTo("Memory");
    }

    @Test
    void mountedLocalDirsTakeTheirPlace() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.driver.volumes.emptyDir.spark-local-dir-1.mount.path", "/scratch")
                .build();

        assertThat(variable(spec, "SPARK_LOCAL_DIRS").orElseThrow().getValue()).isEqualTo("/scratch");
        assertThat(spec.pod().getSpec().getVolumes())
                .extracting(Volume::getName)
                .containsExactly("spark-local-dir-1", "spark-conf-volume-driver");
    }

    private static Container container(DriverSpec spec) {
        List<Container> containers = spec.pod().getSpec().getContainers();
        return containers.get(containers.size() - 1);
    }

    private static <T extends HasMetadata> T resource(DriverSpec spec, Class<T> type) {
        return spec.resources().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Volume volume(DriverSpec spec, String name) {
        return spec.pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static VolumeMount mount(DriverSpec spec, String name) {
        return container(spec).getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<EnvVar> variable(DriverSpec spec, String name) {
        return container(spec).getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
