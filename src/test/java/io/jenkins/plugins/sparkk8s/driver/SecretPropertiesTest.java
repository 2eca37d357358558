package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the values of secret keys end up in the objects of a driver. */
class SecretPropertiesTest {
    private static final String KEY = "spark.my.password";
    private static final String SECRET = "pa:ss=w\\örd \"7\"\nsecond line";

    @TempDir
    Path directory;

    private static Stream<HasMetadata> objects(DriverSpec spec) {
        return Stream.concat(Stream.of(spec.pod()), spec.dependants().stream());
    }

    private static Secret secret(DriverSpec spec) {
        return (Secret) spec.resources().stream()
                .filter(Secret.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static Properties properties(DriverSpec spec) throws IOException {
        byte[] text = Base64.getDecoder().decode(secret(spec).getData().get("spark.properties"));
        Properties properties = new Properties();
        properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
        return properties;
    }

    private static Volume confVolume(DriverSpec spec) {
        return spec.pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("spark-conf-volume-driver"))
                .findFirst()
                .orElseThrow();
    }

    private static void assertOnlyInSecrets(DriverSpec spec, String secret) {
        SecretMask mask = SecretMask.none().and(List.of(secret));
        assertThat(objects(spec).filter(object -> !(object instanceof Secret)))
                .isNotEmpty()
                .allSatisfy(object -> assertThat(Serialization.asJson(object))
                        .isEqualTo(mask.mask(Serialization.asJson(object)))
                        .doesNotContain(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void allPropertiesAreInOneFileOfTheSecret() throws IOException {
        DriverSpec spec = Applications.java().secret(KEY, SECRET).build();

        assertThat(properties(spec))
                .containsEntry(KEY, SECRET)
                .containsEntry("spark.app.name", "up")
                .containsEntry("spark.kubernetes.submitInDriver", "true");
        assertThat(secret(spec).getMetadata().getName()).isEqualTo("spark-drv-cccccccccccccccc-conf-secret");
        assertThat(secret(spec).getImmutable()).isTrue();
        assertOnlyInSecrets(spec, SECRET);
    }

    @Test
    void otherFilesStayInTheConfigMapAndLieBesides() throws IOException {
        Files.writeString(directory.resolve("log4j2.properties"), "rootLogger.level = info");

        DriverSpec spec = Applications.java()
                .secret(KEY, SECRET)
                .variable("SPARK_CONF_DIR", directory.toString())
                .build();

        ConfigMap map = (ConfigMap) spec.resources().get(spec.resources().size() - 1);
        assertThat(map.getData())
                .containsOnlyKeys("log4j2.properties", "spark.kubernetes.namespace")
                .containsEntry("log4j2.properties", "rootLogger.level = info");
        ProjectedVolumeSource volume = confVolume(spec).getProjected();
        assertThat(volume.getSources()).hasSize(2);
        assertThat(volume.getSources().get(0).getSecret().getName())
                .isEqualTo(secret(spec).getMetadata().getName());
        assertThat(volume.getSources().get(0).getSecret().getItems())
                .containsExactly(new KeyToPath("spark.properties", 420, "spark.properties"));
        assertThat(volume.getSources().get(1).getConfigMap().getName())
                .isEqualTo(map.getMetadata().getName());
        assertThat(volume.getSources().get(1).getConfigMap().getItems())
                .containsExactly(new KeyToPath("log4j2.properties", 420, "log4j2.properties"));
        assertOnlyInSecrets(spec, SECRET);
    }

    @Test
    void withoutOtherFilesThereIsNoConfigMap() {
        DriverSpec spec = Applications.java().secret(KEY, SECRET).build();

        assertThat(spec.resources()).noneMatch(ConfigMap.class::isInstance);
        assertThat(confVolume(spec).getProjected().getSources()).hasSize(1);
    }

    @Test
    void switchExtendsThisToKeysThatMatchTheRule() throws IOException {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.submit.secretsInSecret", "true")
                .with(KEY, SECRET)
                .build();

        assertThat(properties(spec)).containsEntry(KEY, SECRET);
        assertOnlyInSecrets(spec, SECRET);
    }

    @Test
    void unmarkedConfigurationKeepsTheObjectsOfSpark() {
        DriverSpec spec = Applications.java().with(KEY, "hunter2").build();

        assertThat(spec.resources()).noneMatch(Secret.class::isInstance);
        assertThat(confVolume(spec).getConfigMap().getName()).isEqualTo("spark-drv-cccccccccccccccc-conf-map");
    }

    @Test
    void tokenOfTheDriverTravelsInItsOwnSecret() {
        DriverSpec spec = Applications.java()
                .secret("spark.kubernetes.authenticate.driver.oauthToken", "eyJhbGciOiJSUzI1NiJ9")
                .build();

        assertThat(spec.resources().stream().filter(Secret.class::isInstance)).hasSize(2);
        assertOnlyInSecrets(spec, "eyJhbGciOiJSUzI1NiJ9");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.driverEnv.PW, spark.kubernetes.driver.secretKeyRef.PW",
        "spark.executorEnv.PW, spark.kubernetes.executor.secretKeyRef.PW",
        "spark.driver.extraJavaOptions, a property of its own",
        "spark.executor.extraJavaOptions, a property of its own",
        "spark.kubernetes.driver.label.pw, without marking it",
        "spark.kubernetes.driver.annotation.pw, without marking it",
        "spark.kubernetes.executor.annotation.pw, without marking it",
        "spark.kubernetes.driver.service.annotation.pw, without marking it",
        "spark.app.name, without marking it",
    })
    void refusesKeysThatStandInClearText(String key, String remedy) {
        Applications application = Applications.java().secret(key, "hunter2-hunter2");

        assertThatThrownBy(application::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + " cannot be secret")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesSecretThatIsElsewhereInClearText() throws IOException {
        Files.writeString(directory.resolve("hive-site.xml"), "<value>hunter2-hunter2</value>");
        Applications application = Applications.java().secret(KEY, "hunter2-hunter2");

        assertThatThrownBy(
                        () -> application.arguments("--pw", "hunter2-hunter2").build())
                .hasMessageContaining("The value of %s is marked as secret, but the Pod ".formatted(KEY))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> application
                        .variable("SPARK_CONF_DIR", directory.toString())
                        .build())
                .hasMessageContaining("the ConfigMap spark-drv-")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void warnsOfWhatSparkItselfShows() {
        assertThat(Applications.java()
                        .secret("spark.my.pin", "98761234")
                        .build()
                        .warnings())
                .singleElement()
                .asString()
                .contains("spark.my.pin", "spark.redaction.regex", "UI");
        assertThat(Applications.java().secret(KEY, SECRET).build().warnings()).isEmpty();
        assertThat(Applications.java()
                        .with("spark.kubernetes.submit.secretsInSecret", "true")
                        .with("spark.kubernetes.driverEnv.DB_PASSWORD", "hunter2-hunter2")
                        .build()
                        .warnings())
                .singleElement()
                .asString()
                .contains("spark.kubernetes.driver.secretKeyRef.DB_PASSWORD")
                .doesNotContain("hunter2");
    }
}
