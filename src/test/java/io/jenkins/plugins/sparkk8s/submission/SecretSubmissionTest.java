package io.jenkins.plugins.sparkk8s.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Secret with the properties, as the API server sees it, and API servers that repeat what they refuse. */
class SecretSubmissionTest {
    private static final String SECRET = "hunter2:hunter2";
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9";

    private final DriverSpec spec = Applications.java()
            .secret("spark.my.password", SECRET)
            .with("spark.kubernetes.authenticate.driver.oauthToken", TOKEN)
            .build();

    private KubernetesApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        Config config = server.clientConfig();
        config.setRequestRetryBackoffLimit(1);
        config.setRequestRetryBackoffInterval(10);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private List<Secret> secrets() {
        return client.secrets().inNamespace("default").list().getItems();
    }

    @Test
    void secretIsThereBeforeThePodAndIsOwnedByIt() throws Exception {
        SubmissionHandle handle =
                DriverSubmitter.submit(client, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE);

        assertThat(server.requests().stream()
                        .filter(request -> request.method().equals("POST"))
                        .map(RequestRecord::path))
                .last()
                .isEqualTo("/api/v1/namespaces/default/pods");
        assertThat(secrets())
                .hasSize(2)
                .allSatisfy(secret -> assertThat(secret.getMetadata().getOwnerReferences())
                        .extracting(OwnerReference::getUid)
                        .containsExactly(handle.driverPodUid()));
    }

    @Test
    void failedSubmissionRemovesTheSecret() {
        server.faults().answer(100, RequestMatch.of("create", "pods"), 403);

        assertThat(catchThrowable(() -> DriverSubmitter.submit(
                        client, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE)))
                .isInstanceOf(ClusterException.class);
        assertThat(secrets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"secrets,422", "secrets,403", "services,400", "pods,422", "pods,500", "pods,429"})
    void refusalThatRepeatsTheObjectShowsNoSecret(String resource, int code) {
        String properties = secrets(spec).getData().get("spark.properties");
        String token = "ZXlKaGJHY2lPaUpTVXpJMU5pSjk=";
        String message =
                "data: Invalid value: {\"spark.properties\":\"%s\",\"oauth-token\":\"%s\"} spark.my.password=%s %s"
                        .formatted(properties, token, "hunter2\\\\:hunter2", TOKEN);
        server.faults().answer(100, RequestMatch.of("create", resource), code, message, 0);

        Throwable failure = catchThrowable(
                () -> DriverSubmitter.submit(client, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE));

        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all.toString())
                .contains("did not create")
                .contains("redacted")
                .doesNotContain("hunter2", properties, TOKEN, token);
    }

    private static Secret secrets(DriverSpec spec) {
        return spec.resources().stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .filter(secret -> secret.getData().containsKey("spark.properties"))
                .findFirst()
                .orElseThrow();
    }
}
