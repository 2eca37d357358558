package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.AccessRules;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import io.jenkins.plugins.sparkk8s.submission.SubmissionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks an API server for what a configuration names and for rights, as a submitter that is not its administrator. */
class PreflightTest {
    private static final String NAMESPACE = "default";
    private static final String SUBMITTER = AccessRules.serviceAccount(NAMESPACE, "jenkins");
    private static final String DRIVER = AccessRules.serviceAccount(NAMESPACE, "spark");
    private static final String SERVICE_ACCOUNT = "spark.kubernetes.authenticate.driver.serviceAccountName";
    private static final String DRIVER_VOLUME = "spark.kubernetes.driver.volumes.persistentVolumeClaim.d.";
    private static final String EXECUTOR_VOLUME = "spark.kubernetes.executor.volumes.persistentVolumeClaim.x.";
    private static final int MORE_THAN_ENOUGH = 1000;

    @TempDir
    private Path folder;

    private KubernetesApiServer server;
    private KubernetesClient admin;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        admin = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        serviceAccount("jenkins");
        serviceAccount("spark");
        client = submitter(10_000);
        server.clearRequests();
    }

    private KubernetesClient submitter(int requestTimeout) {
        Config config = server.clientConfig(server.token(NAMESPACE, "jenkins"));
        config.setRequestTimeout(requestTimeout);
        config.setConnectionTimeout(1000);
        config.setRequestRetryBackoffLimit(1);
        config.setRequestRetryBackoffInterval(10);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private void serviceAccount(String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    private void secret(String name, Map<String, String> data) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    private void configMap(String name, Map<String, String> data) {
        admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    private void claim(String name) {
        admin.resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    private void storageClass(String name) {
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withProvisioner("example.com/disk")
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        admin.close();
        server.close();
    }

    private static Applications application() {
        return Applications.java().with(SERVICE_ACCOUNT, "spark");
    }

    private PreflightReport run(Applications application) throws InterruptedException {
        return Preflight.run(client, application.example());
    }

    private static void assertClean(PreflightReport report) {
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.unchecked()).isEmpty();
    }

    private static void deny(KubernetesApiServer server, String user, String verb, String resource) {
        server.rights().deny(user, List.of(verb), List.of("*"), List.of(resource), "*");
    }

    private void deny(String user, String verb, String resource) {
        deny(server, user, verb, resource);
    }

    @Test
    void findsNothingWrongWithFewCallsThatOnlyRead() throws Exception {
        assertClean(run(Applications.java()));

        assertThat(server.requests())
                .hasSize(11)
                .allSatisfy(request -> assertThat(request.method() + request.path())
                        .matches("GET/api/v1/namespaces/default|POST/apis/authorization.k8s.io/v1/.*reviews"));
    }

    @Test
    void findsNothingWrongWhenEverythingNamedIsThere() throws Exception {
        secret("db", Map.of("password", "s3cr3t", "user", "jane"));
        secret("registry", Map.of("a", "b"));
        secret("tokens", Map.of("hadoop.token", "t"));
        configMap("hadoop", Map.of("core-site.xml", "<configuration/>"));
        configMap("kerberos", Map.of("krb5.conf", "[libdefaults]"));
        claim("mine");
        storageClass("fast");

        assertClean(run(withEverything()));
    }

    private static Applications withEverything() {
        return application()
                .with("spark.kubernetes.authenticate.executor.serviceAccountName", "spark")
                .with("spark.kubernetes.container.image.pullSecrets", "registry")
                .with("spark.kubernetes.driver.secrets.db", "/db")
                .with("spark.kubernetes.driver.secretKeyRef.PASSWORD", "db:password")
                .with("spark.kubernetes.executor.secrets.db", "/db")
                .with("spark.kubernetes.executor.secretKeyRef.USER_NAME", "db:user")
                .with("spark.kubernetes.kerberos.tokenSecret.name", "tokens")
                .with("spark.kubernetes.kerberos.tokenSecret.itemKey", "hadoop.token")
                .with("spark.kubernetes.hadoop.configMapName", "hadoop")
                .with("spark.kubernetes.kerberos.krb5.configMapName", "kerberos")
                .with(DRIVER_VOLUME + "mount.path", "/d")
                .with(DRIVER_VOLUME + "options.claimName", "mine")
                .with(EXECUTOR_VOLUME + "mount.path", "/x")
                .with(EXECUTOR_VOLUME + "options.claimName", "OnDemand")
                .with(EXECUTOR_VOLUME + "options.storageClass", "fast")
                .with(EXECUTOR_VOLUME + "options.sizeLimit", "1Gi");
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

    @Test
    void tellsOnlyOfTheNamespaceWhenThatIsMissing() throws Exception {
        PreflightReport report = Preflight.run(
                admin,
                withEverything().with("spark.kubernetes.namespace", "nowhere").example());

        assertThat(report.errors())
                .satisfiesExactly(
                        error -> assertThat(error)
                                .isEqualTo(
                                        "spark.kubernetes.namespace asks for the namespace nowhere, which does not"
                                                + " exist. Create it with 'kubectl create namespace nowhere', or correct the key."),
                        error -> assertThat(error).contains("there is no StorageClass fast."));
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void refusesANamespaceThatIsBeingDeleted() throws Exception {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("leaving")
                        .withFinalizers("example.com/wait")
                        .endMetadata()
                        .build())
                .create();
        admin.namespaces().withName("leaving").delete();

        PreflightReport report = Preflight.run(
                admin,
                Applications.java()
                        .with("spark.kubernetes.namespace", "leaving")
                        .example());

        assertThat(report.errors())
                .singleElement()
                .asString()
                .contains("spark.kubernetes.namespace asks for the namespace leaving, which is being deleted");
    }

    @ParameterizedTest
    @CsvSource({
        "get, pods, to create the driver pod",
        "create, pods, to create the driver pod",
        "list, pods, to wait for the application",
        "watch, pods, to wait for the application",
        "create, services, to create the driver's Service",
        "patch, services, to create the driver's Service",
        "create, configmaps, to create the ConfigMap",
        "patch, configmaps, to create the ConfigMap",
        "create, secrets, to create the Secrets that spark.kubernetes.authenticate.driver.caCertFile ask for",
        "patch, secrets, to create the Secrets that spark.kubernetes.authenticate.driver.caCertFile ask for"
    })
    void rightThatTheSubmitterLacksIsAnError(String verb, String resource, String purpose) throws Exception {
        deny(SUBMITTER, verb, resource);
        Path certificate = Files.writeString(folder.resolve("ca.crt"), "c");

        PreflightReport report =
                run(application().with("spark.kubernetes.authenticate.driver.caCertFile", certificate.toString()));

        assertThat(report.errors())
                .singleElement()
                .asString()
                .startsWith("This user may not %s %s in namespace default, but needs it %s"
                        .formatted(verb, resource, purpose))
                .contains("Give it a Role with apiGroup \"\", resource %s and verbs %s".formatted(resource, verb))
                .endsWith("'kubectl auth can-i %s %s -n default' must say yes.".formatted(verb, resource));
        assertThat(report.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "delete, pods, to remove or complete what a failed submission leaves",
        "delete, services, to remove or complete what a failed submission leaves",
        "get, configmaps, to remove or complete what a failed submission leaves",
        "get, pods/log, to show the driver's log",
        "list, events, to tell why a driver does not start"
    })
    void rightThatTheSubmitterCanDoWithoutIsAWarning(String verb, String resource, String purpose) throws Exception {
        deny(SUBMITTER, verb, resource);

        PreflightReport report = run(application());

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith("This user may not %s %s in namespace default, but would use it %s"
                        .formatted(verb, resource, purpose));
    }

    @Test
    void asksOnlyForTheRightsThatTheConfigurationNeeds() throws Exception {
        for (String user : List.of(SUBMITTER, DRIVER)) {
            deny(user, "*", "secrets");
            deny(user, "*", "persistentvolumeclaims");
            deny(user, "*", "statefulsets");
            deny(user, "deletecollection", "*");
            deny(user, "patch", "pods");
            deny(user, "watch", "pods");
            deny(user, "list", "events");
            deny(user, "get", "pods/log");
        }
        deny(DRIVER, "*", "configmaps");
        deny(DRIVER, "*", "services");

        PreflightReport report = run(application()
                .with("spark.kubernetes.submission.waitAppCompletion", "false")
                .with("spark.kubernetes.executor.enableApiWatcher", "false")
                .with("spark.kubernetes.executor.disableConfigMap", "true")
                .with("spark.kubernetes.driver.service.deleteOnTermination", "false"));

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains("may not deletecollection pods", "spark.kubernetes.executor.deleteOnTermination");
    }

    @ParameterizedTest
    @CsvSource({
        "create, pods, to start executors",
        "get, pods, to follow and end executors",
        "list, pods, to follow and end executors",
        "delete, pods, to follow and end executors",
        "watch, pods, to watch executors",
        "create, configmaps, to give executors their configuration"
    })
    void rightThatTheDriverLacksIsAnErrorOfItsOwn(String verb, String resource, String purpose) throws Exception {
        deny(DRIVER, verb, resource);

        PreflightReport report = run(application());

        assertThat(report.errors())
                .singleElement()
                .asString()
                .startsWith("The driver's service account spark may not %s %s in namespace default, but needs it %s"
                        .formatted(verb, resource, purpose))
                .contains(
                        "'kubectl auth can-i %s %s -n default --as=%s' must say yes".formatted(verb, resource, DRIVER))
                .contains(SERVICE_ACCOUNT);
        assertThat(report.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pods", "configmaps", "services"})
    void rightThatTheDriverCanDoWithoutIsAWarning(String resource) throws Exception {
        deny(DRIVER, "deletecollection", resource);

        PreflightReport report = run(application());

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith("The driver's service account spark may not deletecollection " + resource)
                .contains("but would use it to tidy up at its end");
    }

    @Test
    void driverNeedsClaimsWhenExecutorsHaveThemMade() throws Exception {
        storageClass("fast");
        deny(DRIVER, "*", "persistentvolumeclaims");

        PreflightReport report = run(application()
                .with(EXECUTOR_VOLUME + "mount.path", "/x")
                .with(EXECUTOR_VOLUME + "options.claimName", "OnDemand")
                .with(EXECUTOR_VOLUME + "options.storageClass", "fast")
                .with(EXECUTOR_VOLUME + "options.sizeLimit", "1Gi"));

        assertThat(report.errors())
                .singleElement()
                .asString()
                .contains("may not create persistentvolumeclaims", EXECUTOR_VOLUME + "options.storageClass");
        assertThat(report.warnings()).hasSize(2);
    }

    @Test
    void driverNeedsStatefulSetsWithThatAllocator() throws Exception {
        deny(DRIVER, "create", "pods");
        deny(DRIVER, "*", "statefulsets");
        deny(DRIVER, "update", "statefulsets/scale");

        PreflightReport report = run(application().with("spark.kubernetes.allocation.pods.allocator", "statefulset"));

        assertThat(report.errors())
                .satisfiesExactly(
                        error -> assertThat(error)
                                .contains("may not create statefulsets", "apiGroup \"apps\"")
                                .contains("spark.kubernetes.allocation.pods.allocator")
                                .contains("kubectl auth can-i create statefulsets.apps -n default"),
                        error -> assertThat(error)
                                .contains("may not update statefulsets/scale")
                                .contains("can-i update statefulsets.apps --subresource=scale"));
    }

    @Test
    void driverMarksPodsThatItKeeps() throws Exception {
        deny(DRIVER, "patch", "pods");
        deny(DRIVER, "deletecollection", "pods");
        deny(DRIVER, "deletecollection", "configmaps");

        PreflightReport report = run(application().with("spark.kubernetes.executor.deleteOnTermination", "false"));

        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains("may not patch pods", "spark.kubernetes.executor.deleteOnTermination");
    }

    @Test
    void driverWithoutExecutorsNeedsNothing() throws Exception {
        deny(DRIVER, "*", "*");

        assertClean(run(application()
                .with("spark.kubernetes.driver.master", "local[2]")
                .with("spark.kubernetes.executor.secrets.gone", "/gone")));
    }

    @Test
    void asksForTheServiceAccountThatPodsHaveByDefault() throws Exception {
        deny(AccessRules.serviceAccount(NAMESPACE, "default"), "create", "pods");

        assertThat(run(Applications.java()).errors())
                .singleElement()
                .asString()
                .startsWith("The driver's service account default may not create pods");
    }

    @Test
    void cannotJudgeADriverWithCredentialsOfItsOwn() throws Exception {
        deny(DRIVER, "*", "*");

        PreflightReport report = run(application().with("spark.kubernetes.authenticate.driver.oauthToken", "s3cr3t"));

        assertThat(report.errors()).isEmpty();
        assertThat(report.unchecked())
                .singleElement()
                .asString()
                .contains("What the driver may do", "spark.kubernetes.authenticate.driver.*");
    }

    @Test
    void objectsThatMayNotBeLookedAtAreToldPerKind() throws Exception {
        for (String resource : List.of("secrets", "namespaces", "storageclasses", "configmaps")) {
            server.rights().deny(SUBMITTER, List.of("get"), List.of("*"), List.of(resource), "*");
        }
        claim("mine");

        PreflightReport report = run(withEverything());

        assertThat(report.errors()).isEmpty();
        assertThat(report.unchecked())
                .satisfiesExactlyInAnyOrder(
                        sentence -> assertThat(sentence)
                                .startsWith("Whether the namespace default (spark.kubernetes.namespace) exists was not"
                                        + " checked, as this user has no right to get namespaces."),
                        sentence -> assertThat(sentence)
                                .startsWith("Whether these secrets exist was not checked, as this user has no right to"
                                        + " get secrets: ")
                                .contains("registry (spark.kubernetes.container.image.pullSecrets)")
                                .contains("tokens (spark.kubernetes.kerberos.tokenSecret.name)"),
                        sentence -> assertThat(sentence)
                                .contains("hadoop (spark.kubernetes.hadoop.configMapName), kerberos (spark"),
                        sentence -> assertThat(sentence).contains("fast (" + EXECUTOR_VOLUME));
    }

    @Test
    void rightsOfTheDriverThatMayNotBeAskedForAreToldOnce() throws Exception {
        deny(SUBMITTER, "create", "localsubjectaccessreviews");
        deny(SUBMITTER, "create", "subjectaccessreviews");
        deny(DRIVER, "*", "*");

        PreflightReport report = run(application());

        assertThat(report.errors()).isEmpty();
        assertThat(report.unchecked())
                .containsExactly(
                        "What the driver's service account spark may do in namespace default was not checked, as"
                                + " this user may create neither localsubjectaccessreviews nor subjectaccessreviews. Look for"
                                + " example with 'kubectl auth can-i create pods -n default --as=" + DRIVER + "'.");
    }

    @Test
    void asksForTheWholeClusterWhenTheReviewOfTheNamespaceIsNotAllowed() throws Exception {
        deny(SUBMITTER, "create", "localsubjectaccessreviews");
        server.rights().allow(SUBMITTER, List.of("create"), List.of("*"), List.of("subjectaccessreviews"), "*");
        deny(DRIVER, "create", "pods");

        PreflightReport report = run(application());

        assertThat(report.unchecked()).isEmpty();
        assertThat(report.errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 503})
    void reviewsThatAreNotAnsweredAreNoFailure(int code) throws Exception {
        server.faults().answer(MORE_THAN_ENOUGH, RequestMatch.of("create", "selfsubjectaccessreviews"), code);
        server.faults().answer(MORE_THAN_ENOUGH, RequestMatch.of("create", "selfsubjectrulesreviews"), code);
        server.faults().answer(MORE_THAN_ENOUGH, RequestMatch.of("create", "localsubjectaccessreviews"), code);
        server.faults().answer(MORE_THAN_ENOUGH, RequestMatch.of("create", "subjectaccessreviews"), code);

        PreflightReport report = run(application());

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.unchecked())
                .satisfiesExactly(
                        sentence -> assertThat(sentence)
                                .startsWith(
                                        "Whether this user may do in namespace default what the submission needs was"
                                                + " not checked")
                                .contains("status " + code),
                        sentence -> assertThat(sentence).startsWith("What the driver's service account spark may do"));
    }

    @Test
    void objectsThatTheServerFailsToShowAreNoFailure() throws Exception {
        server.faults().answer(MORE_THAN_ENOUGH, RequestMatch.of("get", "secrets"), 500);

        PreflightReport report = run(application().with("spark.kubernetes.driver.secrets.db", "/db"));

        assertThat(report.errors()).isEmpty();
        assertThat(report.unchecked()).singleElement().asString().contains("status 500", "db (spark.kubernetes.driver");
    }

    @Test
    void asksOneByOneWhenTheRulesAreIncomplete() throws Exception {
        deny(SUBMITTER, "impersonate", "users");

        assertClean(run(application()));

        assertThat(server.requests())
                .extracting(RequestRecord::path)
                .filteredOn(path -> path.endsWith("/selfsubjectaccessreviews"))
                .hasSize(15);
    }

    @Test
    void serverThatIsAwayIsToldAsEverywhere() {
        server.pause();

        SubmissionException failure = catchThrowableOfType(SubmissionException.class, () -> run(application()));

        assertThat(failure)
                .hasMessageMatching(
                        "The API server .* cannot be reached \\(get Namespace default: the"
                                + " connection is refused\\)\\. Check spark\\.master, the network and whether the server runs\\.");
    }

    @Test
    void serverThatDoesNotAnswerIsGivenUpWithinTheRequestTimeout() {
        server.faults().stall(MORE_THAN_ENOUGH, RequestMatch.of("*", "*"));
        try (KubernetesClient impatient = submitter(300)) {
            assertThatThrownBy(() -> Preflight.run(impatient, application().example()))
                    .isInstanceOf(SubmissionException.class)
                    .hasMessageContaining("no answer in time, see spark.kubernetes.submission.connectionTimeout");
        }
    }

    @Test
    void credentialsThatAreNotAcceptedAreToldAsEverywhere() {
        Config config = server.clientConfig("nonsense");
        try (KubernetesClient stranger =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertThatThrownBy(() -> Preflight.run(stranger, application().example()))
                    .isInstanceOf(SubmissionException.class)
                    .hasMessageContaining("it does not accept the credentials");
        }
    }

    @Test
    void canBeInterrupted() {
        server.faults().stall(MORE_THAN_ENOUGH, RequestMatch.of("*", "*"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(application())).isInstanceOf(InterruptedException.class);
    }
}
