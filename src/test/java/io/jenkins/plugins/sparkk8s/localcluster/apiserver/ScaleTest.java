package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workloads as the API server keeps them, and their scale, which Spark's driver reads and writes. */
class ScaleTest {

    private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets";
    private static final String SET = """
            {"metadata": {"name": "executors"},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"role": "executor", "app": "a"}},
                      "template": {"metadata": {"labels": {"app": "a", "role": "executor", "other": "x"}},
                                   "spec": {"containers": [{"name": "main", "image": "spark"}]}}}}""";

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final KubernetesApiServer server = api.server();
    private final PlainClient client = api.client();

    @Test
    void readsAndChangesTheNumberOfReplicas() throws Exception {
        PlainClient.Reply created = client.post(SETS, SET);
        PlainClient.Reply scale = client.get(SETS + "/executors/scale");

        assertThat(scale.text("kind")).isEqualTo("Scale");
        assertThat(scale.text("apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(scale.text("spec", "replicas")).isEqualTo("2");
        assertThat(scale.text("status", "selector")).isEqualTo("app=a,role=executor");
        assertThat(scale.text("metadata", "uid")).isEqualTo(created.text("metadata", "uid"));

        String wanted = scale.body().toString().replace("\"replicas\":2", "\"replicas\":5");
        assertThat(client.put(SETS + "/executors/scale", wanted).text("spec", "replicas"))
                .isEqualTo("5");
        assertThat(client.get(SETS + "/executors").text("spec", "replicas")).isEqualTo("5");
        assertThat(client.get(SETS + "/executors").text("metadata", "generation"))
                .isEqualTo("2");
        assertThat(client.put(SETS + "/executors/scale", wanted).code())
                .as("a scale of an older version")
                .isEqualTo(409);
        assertThat(client.patch(SETS + "/executors/scale", "merge-patch+json", "{\"spec\":{\"replicas\":0}}")
                        .text("spec", "replicas"))
                .isEqualTo("0");
    }

    @Test
    void refusesWhatIsNoNumberOfReplicasAndWhatHasNoScale() throws Exception {
        client.post(SETS, SET);

        assertThat(client.patch(SETS + "/executors/scale", "merge-patch+json", "{\"spec\":{\"replicas\":-1}}")
                        .text("message"))
                .isEqualTo("Scale.autoscaling \"executors\" is invalid: spec.replicas: Invalid value: -1: must be"
                        + " greater than or equal to 0");
        assertThat(client.get(SETS + "/none/scale").code()).isEqualTo(404);
        assertThat(client.get("/api/v1/namespaces/default/pods/p/scale").code()).isEqualTo(404);
    }

    @Test
    void checksSelectorTemplateAndRestartPolicy() throws Exception {
        assertThat(client.post(SETS, SET.replace("\"role\": \"executor\", \"other\"", "\"other\""))
                        .text("message"))
                .contains("spec.template.metadata.labels", "`selector` does not match template `labels`");
        assertThat(client.post(SETS, SET.replace("{\"containers\"", "{\"restartPolicy\": \"Never\", \"containers\""))
                        .text("message"))
                .contains("spec.template.spec.restartPolicy: Unsupported value: \"Never\"");
        // Only the controller finds out that the pods of a StatefulSet cannot be made.
        assertThat(client.post(SETS, SET.replace("\"image\"", "\"imgae\"")).code())
                .isEqualTo(201);
        assertThat(client.patch(SETS + "/executors", "merge-patch+json", "{\"spec\":{\"serviceName\":\"other\"}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    void servesACustomResourceOnceItIsDefined() throws Exception {
        String groups = "/apis/scheduling.volcano.sh/v1beta1/namespaces/default/podgroups";
        String group = "{\"metadata\":{\"name\":\"g\"},\"spec\":{\"minMember\":1}}";
        assertThat(client.post(groups, group).code()).isEqualTo(404);

        server.defineCustomResource("scheduling.volcano.sh", "v1beta1", "podgroups", "PodGroup");

        assertThat(client.post(groups, group).code()).isEqualTo(201);
        assertThat(client.get(groups).names()).containsExactly("g");
        assertThat(client.get("/apis/scheduling.volcano.sh/v1beta1").body().toString())
                .contains("podgroups/status");
        assertThat(client.patch(groups + "/g", "strategic-merge-patch+json", "{}")
                        .code())
                .isEqualTo(415);
        assertThat(client.patch(groups + "/g/status", "merge-patch+json", "{\"status\":{\"phase\":\"Inqueue\"}}")
                        .text("status", "phase"))
                .isEqualTo("Inqueue");
    }
}
