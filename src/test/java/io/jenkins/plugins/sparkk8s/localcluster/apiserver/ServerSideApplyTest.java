package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fields belong to the manager that applied them. */
class ServerSideApplyTest {

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final PlainClient client = api.client();

    @Test
    void refusesToChangeTheFieldOfAnotherManagerUnlessForced() throws Exception {
        assertThat(apply("first", "{\"a\":\"1\",\"b\":\"1\"}").code()).isEqualTo(201);
        assertThat(apply("second", "{\"a\":\"1\"}").code()).as("the same value").isEqualTo(200);

        Reply refused = apply("third", "{\"b\":\"2\",\"c\":\"3\"}");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.text("message")).isEqualTo("Apply failed with 1 conflict: conflict with \"first\": .data.b");
        JsonNode cause = refused.body().path("details").path("causes").get(0);
        assertThat(Json.text(cause, "reason")).isEqualTo("FieldManagerConflict");
        assertThat(Json.text(cause, "field")).isEqualTo(".data.b");
        assertThat(apply("third&force=true", "{\"b\":\"2\"}").text("data", "b")).isEqualTo("2");
        assertThat(apply("first", "{\"a\":\"1\",\"b\":\"1\"}").text("message"))
                .contains("conflict with \"third\": .data.b");
    }

    @Test
    void removesWhatItsManagerNoLongerApplies() throws Exception {
        apply("first", "{\"a\":\"1\",\"b\":\"1\"}");
        apply("second", "{\"b\":\"1\"}");

        Reply reply = apply("first", "{\"c\":\"1\"}");

        assertThat(reply.body().path("data"))
                .isEqualTo(Json.object().put("b", "1").put("c", "1"));
        assertThat(reply.body().path("metadata").path("managedFields")).hasSize(2);
    }

    @Test
    void givesAFieldToWhoPatchesIt() throws Exception {
        apply("first", "{\"a\":\"1\"}");
        client.patch(CONFIG_MAPS + "/m?fieldManager=patcher", "merge-patch+json", "{\"data\":{\"a\":\"2\"}}");

        assertThat(apply("first", "{\"a\":\"1\"}").text("message")).contains("conflict with \"patcher\": .data.a");
    }

    @Test
    void changesNothingWhenTheSameIsAppliedAgain() throws Exception {
        String version = apply("first", "{\"a\":\"1\"}").text("metadata", "resourceVersion");

        assertThat(apply("first", "{\"a\":\"1\"}").text("metadata", "resourceVersion"))
                .isEqualTo(version);
    }

    @Test
    void distinguishesTheItemsOfAList() throws Exception {
        String pod = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":"
                + "[{\"name\":\"main\",\"image\":\"spark\"}]}}";
        String path = PODS + "/p?fieldManager=";
        client.patch(path + "first", "apply-patch+yaml", pod);

        assertThat(client.patch(path + "second", "apply-patch+yaml", pod.replace("\"spark\"", "\"spark:2\""))
                        .text("message"))
                .contains("conflict with \"first\": .spec.containers[name=\"main\"].image");
    }

    private Reply apply(String manager, String data) throws Exception {
        String body =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"},\"data\":" + data + "}";
        return client.patch(CONFIG_MAPS + "/m?fieldManager=" + manager, "apply-patch+yaml", body);
    }
}
