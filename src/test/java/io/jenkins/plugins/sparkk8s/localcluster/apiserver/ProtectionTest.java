package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real server adds to objects, and what it keeps for a while. */
class ProtectionTest {

    private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
    private static final String POLICIES = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final KubernetesApiServer server = api.server();
    private final PlainClient client = api.client();

    @Test
    void keepsAClaimThatIsBeingDeletedUntilItsLastPodHasEnded() throws Exception {
        Reply claim = client.post(
                CLAIMS,
                "{\"metadata\":{\"name\":\"data\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":"
                        + "{\"requests\":{\"storage\":\"1Gi\"}}}}");
        assertThat(claim.body().path("metadata").path("finalizers").toString())
                .isEqualTo("[\"kubernetes.io/pvc-protection\"]");
        client.post(
                PODS,
                pod("user", "n1")
                        .replace(
                                "\"spec\":{",
                                "\"spec\":{\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":"
                                        + "{\"claimName\":\"data\"}}],"));

        assertThat(client.delete(CLAIMS + "/data", "").text("metadata", "deletionTimestamp"))
                .isNotEmpty();
        client.patch(PODS + "/user/status", "merge-patch+json", "{\"status\":{\"phase\":\"Running\"}}");
        assertThat(client.get(CLAIMS + "/data").code()).isEqualTo(200);
        client.patch(PODS + "/user/status", "merge-patch+json", "{\"status\":{\"phase\":\"Succeeded\"}}");

        await().untilAsserted(
                        () -> assertThat(client.get(CLAIMS + "/data").code()).isEqualTo(404));
    }

    @Test
    void keepsANamespaceTerminatingForAWhile() throws Exception {
        client.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"leaving\"}}");

        client.delete("/api/v1/namespaces/leaving", "");

        assertThat(client.get("/api/v1/namespaces/leaving").text("status", "phase"))
                .isEqualTo("Terminating");
        assertThat(client.post(CONFIG_MAPS.replace("default", "leaving"), configMap("late"))
                        .code())
                .isEqualTo(403);
        await().untilAsserted(() ->
                assertThat(client.get("/api/v1/namespaces/leaving").code()).isEqualTo(404));
    }

    @Test
    void givesAPodTolerationsAndItsTokenVolume() throws Exception {
        JsonNode spec = client.post(PODS, pod("p")).body().path("spec");

        assertThat(spec.path("tolerations").findValuesAsText("key"))
                .containsExactly("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
        assertThat(Json.text(spec.path("volumes").get(0), "name")).matches("kube-api-access-[a-z0-9]{5}");
        assertThat(spec.path("containers").get(0).path("volumeMounts").findValuesAsText("mountPath"))
                .containsExactly("/var/run/secrets/kubernetes.io/serviceaccount");
        JsonNode without = client.post(
                        PODS, pod("q").replace("\"spec\":{", "\"spec\":{\"automountServiceAccountToken\":false,"))
                .body()
                .path("spec");
        assertThat(without.has("volumes")).isFalse();
    }

    @Test
    void deletesAPodAsItWasWhenItWasDeleted() throws Exception {
        client.post(PODS, pod("unbound"));
        client.post(PODS, pod("bound", "n1"));

        assertThat(client.delete(PODS + "/unbound", "").text("metadata", "deletionGracePeriodSeconds"))
                .isEqualTo("0");
        assertThat(client.delete(PODS + "/bound", "{\"gracePeriodSeconds\":-1}")
                        .text("metadata", "deletionGracePeriodSeconds"))
                .as("a negative grace period is the shortest")
                .isEqualTo("1");
        assertThat(client.delete(PODS + "/bound?gracePeriodSeconds=0", "")
                        .text("metadata", "deletionGracePeriodSeconds"))
                .isEqualTo("0");
        assertThat(client.get(PODS + "/bound").code()).isEqualTo(404);
    }

    @Test
    void deletesANetworkPolicyWithItsOwner() throws Exception {
        String uid = client.post(PODS, pod("driver")).text("metadata", "uid");
        Reply policy = client.post(
                POLICIES,
                "{\"metadata\":{\"name\":\"policy\",\"labels\":{\"app\":\"a\"}},\"spec\":{\"ingress\":"
                        + "[{\"from\":[{\"podSelector\":{}}]}]}}");
        assertThat(policy.body().path("spec").path("policyTypes").toString()).isEqualTo("[\"Ingress\"]");

        client.patch(
                POLICIES + "/policy",
                "merge-patch+json",
                "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"driver\",\"uid\":\""
                        + uid + "\"}]}}");
        assertThat(client.get(POLICIES + "?labelSelector=app=a").names()).isEqualTo(List.of("policy"));
        client.delete(PODS + "/driver", "");

        await().untilAsserted(() -> assertThat(client.get(POLICIES).names()).isEmpty());
    }

    @Test
    void marksTheEndOfWhatAWatchBeginsWith() throws Exception {
        client.post(PODS, pod("p"));

        try (PlainClient.Lines watch = client.watch(
                PODS + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true")) {
            await().until(() -> watch.events().size() >= 2);

            assertThat(watch.seen()).containsExactly("ADDED p");
            assertThat(Json.text(watch.events().get(1), "type")).isEqualTo("BOOKMARK");
            assertThat(watch.events().get(1).toString()).contains("\"k8s.io/initial-events-end\":\"true\"");
        }
    }

    @Test
    void showsTheMetadataAlone() throws Exception {
        client.post(PODS, pod("p"));

        JsonNode partial = client.get(PODS + "/p", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
                .body();

        assertThat(Json.text(partial, "kind")).isEqualTo("PartialObjectMetadata");
        assertThat(partial.has("spec")).isFalse();
        assertThat(client.get(PODS + "/p", "application/xml").code()).isEqualTo(406);
    }
}
