package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.AccessRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks an API server for the rights of the submitter and of the driver. */
class PreflightRightsTest extends PreflightCase {
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
                .endsWith("'kubectl auth can-i %s %s -n default' must print yes.".formatted(verb, resource));
        assertThat(report.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "delete, pods, to remove or complete what a failed submission leaves",
        "delete, services, to remove or complete what a failed submission leaves",
        "get, configmaps, to remove or complete what a failed submission leaves",
        "get, pods/log, to show the logs of the driver",
        "list, events, to report why a driver does not start"
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

    /** A failed executor's log is read whatever is shown of the driver's. */
    @Test
    void asksForTheLogsOfExecutorsAlsoWhenTheDriverIsNotShown() throws Exception {
        deny(SUBMITTER, "get", "pods/log");

        PreflightReport report = run(application().with("spark.kubernetes.submit.followDriverLog", "none"));

        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains("may not get pods/log", "to show the logs of failed executors");
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
                .contains("'kubectl auth can-i %s %s -n default --as=%s' must print yes"
                        .formatted(verb, resource, DRIVER))
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
                .contains("but would use it to clean up at its end");
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

    @ParameterizedTest
    @ValueSource(strings = {"statefulset", "deployment"})
    void driverNeedsSetsWithThatAllocator(String allocator) throws Exception {
        String sets = allocator + "s";
        deny(DRIVER, "create", "pods");
        deny(DRIVER, "patch", "pods");
        deny(DRIVER, "*", sets);
        deny(DRIVER, "update", sets + "/scale");

        PreflightReport report = run(application().with("spark.kubernetes.allocation.pods.allocator", allocator));

        assertThat(report.errors())
                .satisfiesExactly(
                        error -> assertThat(error)
                                .contains("may not create, get " + sets, "apiGroup \"apps\"")
                                .contains("spark.kubernetes.allocation.pods.allocator")
                                .contains("kubectl auth can-i create %s.apps -n default".formatted(sets)),
                        error -> assertThat(error)
                                .contains("may not update %s/scale".formatted(sets))
                                .contains("can-i update %s.apps --subresource=scale".formatted(sets)),
                        error -> assertThat(error).contains("may not patch pods", "label executors with their ids"));
    }

    @Test
    void submitterNeedsNetworkPoliciesUnlessTheyAreExcluded() throws Exception {
        deny(SUBMITTER, "create", "networkpolicies");
        String excluded = "spark.kubernetes.driver.pod.excludedFeatureSteps";
        String step = "org.apache.spark.deploy.k8s.features.NetworkPolicyFeatureStep";

        assertThat(run(application()).errors())
                .singleElement()
                .asString()
                .contains("may not create networkpolicies", "apiGroup \"networking.k8s.io\"", excluded + "=" + step)
                .contains("kubectl auth can-i create networkpolicies.networking.k8s.io -n default");
        assertThat(run(application().with(excluded, step)).errors()).isEmpty();
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
}
