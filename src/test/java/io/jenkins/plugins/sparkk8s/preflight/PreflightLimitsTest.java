package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pre-flight makes of questions that the API server does not answer. */
class PreflightLimitsTest extends PreflightCase {
    @Test
    void reportsUnreadableObjectsByKind() throws Exception {
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
                                        + " checked, as this user has no permission to get namespaces."),
                        sentence -> assertThat(sentence)
                                .startsWith(
                                        "Whether these secrets exist was not checked, as this user has no permission to"
                                                + " get secrets: ")
                                .contains("registry (spark.kubernetes.container.image.pullSecrets)")
                                .contains("tokens (spark.kubernetes.kerberos.tokenSecret.name)"),
                        sentence -> assertThat(sentence)
                                .contains("hadoop (spark.kubernetes.hadoop.configMapName), kerberos (spark"),
                        sentence -> assertThat(sentence).contains("fast (" + EXECUTOR_VOLUME));
    }

    @Test
    void reportsUncheckedDriverPermissionsOnce() throws Exception {
        deny(SUBMITTER, "create", "localsubjectaccessreviews");
        deny(SUBMITTER, "create", "subjectaccessreviews");
        deny(DRIVER, "*", "*");

        PreflightReport report = run(application());

        assertThat(report.errors()).isEmpty();
        assertThat(report.unchecked())
                .containsExactly(
                        "What the driver's service account spark may do in namespace default was not checked, as"
                                + " this user may create neither localsubjectaccessreviews nor subjectaccessreviews. Check for"
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
                .hasSize(20);
    }

    @Test
    void reportsAnUnreachableServerLikeOtherRequests() {
        server.pause();

        ClusterException failure = catchThrowableOfType(ClusterException.class, () -> run(application()));

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
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("no answer in time, see spark.kubernetes.submission.connectionTimeout");
        }
    }

    @Test
    void reportsRejectedCredentialsLikeOtherRequests() {
        Config config = server.clientConfig("nonsense");
        try (KubernetesClient stranger =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertThatThrownBy(() -> Preflight.run(stranger, application().example()))
                    .isInstanceOf(ClusterException.class)
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
