package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Asks an API server for what a configuration names and for rights, as a submitter that is not its administrator. */
class PreflightTest extends PreflightCase {
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

    @Test
    void reportsOnlyAMissingNamespace() throws Exception {
        PreflightReport report = Preflight.run(
                admin,
                withEverything().with("spark.kubernetes.namespace", "nowhere").example());

        assertThat(report.errors())
                .satisfiesExactly(
                        error -> assertThat(error)
                                .isEqualTo(
                                        "spark.kubernetes.namespace names the namespace nowhere, which does not"
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
                .contains("spark.kubernetes.namespace names the namespace leaving, which is being deleted");
    }
}
