package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where versions of Kubernetes differ, the server follows the one that it passes for. */
class VersionsTest {

    private static final String SERVICES = "/api/v1/namespaces/default/services?dryRun=All";
    private static final String SERVICE = "{\"metadata\":{\"name\":\"1s\"},\"spec\":{\"ports\":[{\"port\":1}]}}";
    private static final String WATCH =
            PODS + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=1";

    @ParameterizedTest
    @CsvSource({
        "1.27, v1.27.0, 422, 422, '',  422, 404",
        "1.31, v1.31.0, 422, 422, '',  422, 201",
        "1.33, v1.33.0, 422, 201, '1', 200, 201",
        "1.36, v1.36.0, 201, 201, '1', 200, 201",
    })
    void followsTheRulesOfItsVersion(
            String version, String git, int service, int variable, String generation, int watch, int whoAmI)
            throws Exception {
        try (KubernetesApiServer server = KubernetesApiServer.builder()
                .tls(false)
                .version(KubernetesVersion.parse(version))
                .start()) {
            PlainClient client = new PlainClient(server);
            String oddVariable = pod("p").replace("\"image\":", "\"env\":[{\"name\":\"1 a\"}],\"image\":");

            assertThat(client.get("/version").text("gitVersion")).isEqualTo(git);
            assertThat(client.post(SERVICES, SERVICE).code())
                    .as("name with a digit first")
                    .isEqualTo(service);
            assertThat(client.post(PODS + "?dryRun=All", oddVariable).code())
                    .as("environment variable with a space")
                    .isEqualTo(variable);
            assertThat(client.post(PODS, pod("q")).text("metadata", "generation"))
                    .isEqualTo(generation);
            assertThat(client.get(WATCH).code()).as("initial events of a watch").isEqualTo(watch);
            assertThat(client.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}")
                            .code())
                    .isEqualTo(whoAmI);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "27", "1.5", "2.0", "latest", "1.27x"})
    void refusesWhatIsNoVersion(String text) {
        assertThatThrownBy(() -> KubernetesVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a version of Kubernetes; write 1.27 or another from 1.20 on");
    }

    @Test
    void takesAVersionAsAServerWritesIt() {
        assertThat(KubernetesVersion.parse("v1.31.4").minor()).isEqualTo(31);
    }
}
