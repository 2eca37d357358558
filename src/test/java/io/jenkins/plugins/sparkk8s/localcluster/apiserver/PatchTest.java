package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kinds of patches, and what they may reach. */
class PatchTest {

    private static final String SERVICES = "/api/v1/namespaces/default/services";

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final KubernetesApiServer server = api.server();
    private final PlainClient client = api.client();

    @Test
    void separatesStatusFromTheRest() throws Exception {
        client.post(PODS, pod("driver"));
        String both = "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"status\":{\"phase\":\"Running\"}}";
        Reply main = client.patch(PODS + "/driver", "merge-patch+json", both);
        Reply status = client.patch(
                PODS + "/driver/status?fieldManager=kubelet",
                "strategic-merge-patch+json",
                both.replace("\"b\"", "\"c\""));

        assertThat(main.text("status", "phase")).isEqualTo("Pending");
        assertThat(main.text("metadata", "labels", "a")).isEqualTo("b");
        assertThat(status.text("status", "phase")).isEqualTo("Running");
        assertThat(status.text("metadata", "labels", "a")).isEqualTo("b");
    }

    @Test
    void removesByNullInAMergePatch() throws Exception {
        client.post(CONFIG_MAPS, configMap("conf"));
        Reply patched = client.patch(CONFIG_MAPS + "/conf", "merge-patch+json", "{\"data\":{\"k\":null,\"l\":\"1\"}}");

        assertThat(patched.body().path("data").toString()).isEqualTo("{\"l\":\"1\"}");
    }

    @Test
    void appliesJsonPatchesAndRefusesAFailedTest() throws Exception {
        client.post(CONFIG_MAPS, configMap("conf"));
        String path = CONFIG_MAPS + "/conf";
        Reply patched =
                client.patch(path, "json-patch+json", "[{\"op\":\"replace\",\"path\":\"/data/k\",\"value\":\"w\"}]");
        Reply refused =
                client.patch(path, "json-patch+json", "[{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"v\"}]");

        assertThat(patched.text("data", "k")).isEqualTo("w");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("message")).isEqualTo("the server rejected our request due to an error in our request");
    }

    @Test
    void mergesListsByTheirKeysInAStrategicPatch() throws Exception {
        client.post(PODS, pod("driver"));
        String path = PODS + "/driver/status";
        client.patch(
                path,
                "strategic-merge-patch+json",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"},{\"type\":\"Other\"}]}}");
        Reply patched = client.patch(
                path,
                "strategic-merge-patch+json",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"},"
                        + "{\"type\":\"Other\",\"$patch\":\"delete\"}]}}");

        assertThat(patched.body().at("/status/conditions").toString())
                .isEqualTo("[{\"type\":\"Ready\",\"status\":\"True\"}]");
    }

    @Test
    void refusesAnUnknownPatchFormat() throws Exception {
        client.post(CONFIG_MAPS, configMap("conf"));

        assertThat(client.patch(CONFIG_MAPS + "/conf", "json", "{}").code()).isEqualTo(415);
    }

    @Test
    void appliesOnTheServer() throws Exception {
        String path = SERVICES + "/driver?fieldManager=test&force=true";
        String yaml = "apiVersion: v1\nkind: Service\nmetadata: {name: driver}\nspec: {ports: [{port: 7078}]}\n";
        Reply created = client.patch(path, "apply-patch+yaml", yaml);
        Reply merged = client.patch(path, "apply-patch+yaml", yaml.replace("{port: 7078}", "{name: rpc, port: 7078}"));

        assertThat(created.code()).isEqualTo(201);
        assertThat(merged.code()).isEqualTo(200);
        assertThat(merged.body().at("/spec/ports")).hasSize(1);
        assertThat(merged.body().at("/spec/ports/0/name").asText()).isEqualTo("rpc");
        assertThat(merged.text("spec", "clusterIP")).isEqualTo(created.text("spec", "clusterIP"));
    }

    @Test
    void wantsAFieldManagerToApply() throws Exception {
        Reply refused = client.patch(PODS + "/driver", "apply-patch+yaml", pod("driver"));

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("message")).contains("fieldManager: Required value: is required for apply patch");
    }
}
