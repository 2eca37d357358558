package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks an API server for the objects that a configuration names. */
class PreflightObjectsTest extends PreflightCase {
    @ParameterizedTest
    @CsvSource({
        "'', '', the driver and the executors",
        "spark.kubernetes.driver.podTemplateFile, '', the executors",
        "spark.kubernetes.executor.podTemplateFile, '', the driver",
        "spark.kubernetes.submit.restricted, true, ''",
    })
    void warnsOfALevelThatRefusesThePods(String key, String value, String refused) throws Exception {
        admin.namespaces()
                .withName(NAMESPACE)
                .edit(found -> new NamespaceBuilder(found)
                        .editMetadata()
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build());
        Path template = Files.writeString(folder.resolve("pod.yaml"), "apiVersion: v1\nkind: Pod\nspec: {}\n");
        Applications application =
                key.isEmpty() ? application() : application().with(key, value.isEmpty() ? template.toString() : value);

        PreflightReport report = run(application);

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings())
                .hasSize(refused.isEmpty() ? 0 : 1)
                .allSatisfy(
                        warning -> assertThat(warning)
                                .isEqualTo(
                                        "The namespace default enforces the Pod Security level restricted, which refuses "
                                                + refused
                                                + " unless the cluster adds what they lack. Set spark.kubernetes.submit.restricted=true."));
    }

    @Test
    void textThatIsNoNameIsAMissingObject() throws Exception {
        PreflightReport report =
                run(Applications.java().with("spark.kubernetes.hadoop.configMapName", " no name/at all "));

        assertThat(report.errors())
                .singleElement()
                .asString()
                .startsWith("spark.kubernetes.hadoop.configMapName: there is no ConfigMap");
    }

    @Test
    void reportsEverythingThatIsMissingTogether() throws Exception {
        deny(DRIVER, "create", "pods");
        deny(SUBMITTER, "create", "services");

        PreflightReport report = run(withEverything()
                .with("spark.kubernetes.authenticate.executor.serviceAccountName", "nobody")
                .with(EXECUTOR_VOLUME + "options.storageClass", "slow"));

        assertThat(report.errors())
                .satisfiesExactlyInAnyOrder(
                        error -> assertThat(error)
                                .startsWith("spark.kubernetes.authenticate.executor.serviceAccountName: there is no"
                                        + " ServiceAccount nobody in namespace default."),
                        error -> assertThat(error)
                                .contains("there is no Secret db in namespace default.")
                                .contains("spark.kubernetes.driver.secrets.db")
                                .contains("spark.kubernetes.driver.secretKeyRef.PASSWORD")
                                .contains("spark.kubernetes.executor.secrets.db")
                                .contains("spark.kubernetes.executor.secretKeyRef.USER_NAME"),
                        error -> assertThat(error)
                                .startsWith("spark.kubernetes.kerberos.tokenSecret.name: there is no Secret tokens"),
                        error -> assertThat(error)
                                .startsWith("spark.kubernetes.hadoop.configMapName: there is no ConfigMap hadoop"),
                        error -> assertThat(error)
                                .startsWith(
                                        "spark.kubernetes.kerberos.krb5.configMapName: there is no ConfigMap kerberos"),
                        error -> assertThat(error)
                                .startsWith(DRIVER_VOLUME
                                        + "options.claimName: there is no PersistentVolumeClaim mine in namespace"),
                        error -> assertThat(error)
                                .startsWith(EXECUTOR_VOLUME + "options.storageClass: there is no StorageClass slow."),
                        error -> assertThat(error).startsWith("This user may not create services"),
                        error ->
                                assertThat(error).startsWith("The driver's service account spark may not create pods"));
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith("spark.kubernetes.container.image.pullSecrets: there is no Secret registry");
        assertThat(catchThrowableOfType(ConfigurationException.class, report::throwIfFailed)
                        .problems())
                .isEqualTo(report.errors());
    }

    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.authenticate.driver.serviceAccountName, nobody, ServiceAccount nobody",
        "spark.kubernetes.driver.secrets.gone, /gone, Secret gone",
        "spark.kubernetes.driver.secretKeyRef.A, gone:a, Secret gone",
        "spark.kubernetes.executor.secrets.gone, /gone, Secret gone",
        "spark.kubernetes.executor.secretKeyRef.A, gone:a, Secret gone",
        "spark.kubernetes.hadoop.configMapName, gone, ConfigMap gone",
        "spark.kubernetes.kerberos.krb5.configMapName, gone, ConfigMap gone"
    })
    void namesTheKeyTheObjectAndTheRemedy(String key, String value, String object) throws Exception {
        PreflightReport report = run(application().with(key, value));

        assertThat(report.errors())
                .singleElement()
                .asString()
                .startsWith("%s: there is no %s in namespace default. Create it with 'kubectl create "
                        .formatted(key, object))
                .endsWith(", or correct what asks for it.");
    }

    @Test
    void findsTheClaimAndTheStorageClassOfTheDriversVolumes() throws Exception {
        PreflightReport report = run(application()
                .with(DRIVER_VOLUME + "mount.path", "/d")
                .with(DRIVER_VOLUME + "options.claimName", "OnDemand")
                .with(DRIVER_VOLUME + "options.storageClass", "slow")
                .with(DRIVER_VOLUME + "options.sizeLimit", "1Gi")
                .with(EXECUTOR_VOLUME + "mount.path", "/x")
                .with(EXECUTOR_VOLUME + "options.claimName", "shared"));

        assertThat(report.errors())
                .satisfiesExactlyInAnyOrder(
                        error -> assertThat(error)
                                .startsWith(DRIVER_VOLUME + "options.storageClass: there is no StorageClass slow."),
                        error -> assertThat(error)
                                .startsWith(EXECUTOR_VOLUME
                                        + "options.claimName: there is no PersistentVolumeClaim shared in"));
    }

    @Test
    void leavesClaimsAloneWhoseNamesOnlyTheDriverKnows() throws Exception {
        assertClean(run(application()
                .with(EXECUTOR_VOLUME + "mount.path", "/x")
                .with(EXECUTOR_VOLUME + "options.claimName", "data-SPARK_EXECUTOR_ID")));
    }

    @Test
    void leavesAloneWhatAFeatureStepThatIsLeftOutWouldHaveMounted() throws Exception {
        String step = "org.apache.spark.deploy.k8s.features.MountSecretsFeatureStep";

        assertClean(run(application()
                .with("spark.kubernetes.driver.secrets.gone", "/gone")
                .with("spark.kubernetes.executor.secrets.gone", "/gone")
                .with("spark.kubernetes.driver.pod.excludedFeatureSteps", step)
                .with("spark.kubernetes.executor.pod.excludedFeatureSteps", step)));
    }

    @Test
    void missesEntriesOfSecretsAndConfigMaps() throws Exception {
        secret("db", Map.of("user", "jane"));
        secret("empty", Map.of());
        configMap("kerberos", Map.of("krb5.ini", "[libdefaults]"));

        PreflightReport report = run(application()
                .with("spark.kubernetes.driver.secretKeyRef.PASSWORD", "db:password")
                .with("spark.kubernetes.executor.secretKeyRef.OTHER", "empty:other")
                .with("spark.kubernetes.kerberos.krb5.configMapName", "kerberos"));

        assertThat(report.errors())
                .containsExactlyInAnyOrder(
                        "spark.kubernetes.driver.secretKeyRef.PASSWORD: Secret db in namespace default has no key"
                                + " password, only user. Add it, or correct what asks for it.",
                        "spark.kubernetes.kerberos.krb5.configMapName: ConfigMap kerberos in namespace default has no"
                                + " key krb5.conf, only krb5.ini. Add it, or correct what asks for it.");
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains("spark.kubernetes.executor.secretKeyRef.OTHER", "the key other is needed");
        assertThat(report.toString()).doesNotContain("jane", "libdefaults");
    }

    @Test
    void readsPodTemplatesAndSparesWhatIsOptional() throws Exception {
        PreflightReport report = run(application()
                .with("spark.kubernetes.driver.podTemplateFile", template("driver"))
                .with("spark.kubernetes.executor.podTemplateFile", template("executor")));

        assertThat(report.errors())
                .satisfiesExactlyInAnyOrder(
                        error -> assertThat(error)
                                .startsWith("spark.kubernetes.driver.podTemplateFile: there is no PriorityClass driver."
                                        + " Choose one of 'kubectl get priorityclasses'"),
                        error -> assertThat(error).contains("driver.podTemplateFile", "Secret driver-mounted"),
                        error -> assertThat(error).contains("driver.podTemplateFile", "ConfigMap driver-variables"),
                        error -> assertThat(error).contains("driver.podTemplateFile", "Secret driver-projected"),
                        error -> assertThat(error).contains("driver.podTemplateFile", "StorageClass driver-scratch"),
                        error -> assertThat(error)
                                .startsWith(
                                        "spark.kubernetes.executor.podTemplateFile: there is no PriorityClass executor."),
                        error -> assertThat(error).contains("executor.podTemplateFile", "Secret executor-mounted"),
                        error -> assertThat(error).contains("executor.podTemplateFile", "ConfigMap executor-variables"),
                        error -> assertThat(error).contains("executor.podTemplateFile", "Secret executor-projected"),
                        error -> assertThat(error)
                                .contains("executor.podTemplateFile", "StorageClass executor-scratch"));
    }

    private String template(String role) throws IOException {
        Path file = folder.resolve(role + ".yaml");
        Files.writeString(file, """
                apiVersion: v1
                kind: Pod
                spec:
                  priorityClassName: ROLE
                  initContainers:
                  - name: init
                    envFrom:
                    - configMapRef: {name: ROLE-variables}
                    - secretRef: {name: optional, optional: true}
                  containers:
                  - name: spark
                    env:
                    - name: A
                      valueFrom: {secretKeyRef: {name: optional, key: a, optional: true}}
                    - name: B
                      valueFrom: {configMapKeyRef: {name: optional, key: b, optional: true}}
                  volumes:
                  - name: secret
                    secret: {secretName: ROLE-mounted}
                  - name: optional-secret
                    secret: {secretName: optional, optional: true}
                  - name: optional-map
                    configMap: {name: optional, optional: true}
                  - name: projected
                    projected:
                      sources:
                      - secret: {name: ROLE-projected}
                      - configMap: {name: optional, optional: true}
                      - serviceAccountToken: {path: token}
                  - name: scratch
                    ephemeral:
                      volumeClaimTemplate:
                        spec:
                          accessModes: [ReadWriteOnce]
                          storageClassName: ROLE-scratch
                          resources: {requests: {storage: 1Gi}}
                """.replace("ROLE", role));
        return file.toString();
    }

    @Test
    void takesTheExecutorsServiceAccountFromTheTemplateFirst() throws Exception {
        Path file = Files.writeString(
                folder.resolve("e.yaml"),
                "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"serviceAccount\": \"nobody\"}}");

        PreflightReport report = run(application()
                .with("spark.kubernetes.executor.podTemplateFile", file.toString())
                .with("spark.kubernetes.authenticate.executor.serviceAccountName", "also-missing"));

        assertThat(report.errors())
                .singleElement()
                .asString()
                .startsWith("spark.kubernetes.executor.podTemplateFile: there is no ServiceAccount nobody");
    }
}
