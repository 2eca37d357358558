package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.AccessRules;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An API server with a submitter that is not its administrator, for tests of what the pre-flight asks it. */
abstract class PreflightCase {
    static final String NAMESPACE = "default";
    static final String SUBMITTER = AccessRules.serviceAccount(NAMESPACE, "jenkins");
    static final String DRIVER = AccessRules.serviceAccount(NAMESPACE, "spark");
    static final String SERVICE_ACCOUNT = "spark.kubernetes.authenticate.driver.serviceAccountName";
    static final String DRIVER_VOLUME = "spark.kubernetes.driver.volumes.persistentVolumeClaim.d.";
    static final String EXECUTOR_VOLUME = "spark.kubernetes.executor.volumes.persistentVolumeClaim.x.";
    static final int MORE_THAN_ENOUGH = 1000;

    @TempDir
    Path folder;

    KubernetesApiServer server;
    KubernetesClient admin;
    KubernetesClient client;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        admin = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        serviceAccount("jenkins");
        serviceAccount("spark");
        client = submitter(10_000);
        server.clearRequests();
    }

    KubernetesClient submitter(int requestTimeout) {
        Config config = server.clientConfig(server.token(NAMESPACE, "jenkins"));
        config.setRequestTimeout(requestTimeout);
        config.setConnectionTimeout(1000);
        config.setRequestRetryBackoffLimit(1);
        config.setRequestRetryBackoffInterval(10);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    void serviceAccount(String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    void secret(String name, Map<String, String> data) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    void configMap(String name, Map<String, String> data) {
        admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    void claim(String name) {
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

    void storageClass(String name) {
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

    static Applications application() {
        return Applications.java().with(SERVICE_ACCOUNT, "spark");
    }

    PreflightReport run(Applications application) throws InterruptedException {
        return Preflight.run(client, application.example());
    }

    static void assertClean(PreflightReport report) {
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.unchecked()).isEmpty();
    }

    static void deny(KubernetesApiServer server, String user, String verb, String resource) {
        server.rights().deny(user, List.of(verb), List.of("*"), List.of(resource), "*");
    }

    void deny(String user, String verb, String resource) {
        deny(server, user, verb, resource);
    }

    static Applications withEverything() {
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
}
