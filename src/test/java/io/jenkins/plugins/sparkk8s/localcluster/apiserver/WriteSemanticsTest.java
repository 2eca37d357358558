package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creating and changing objects: defaults, validation, conflicts. */
class WriteSemanticsTest {

    private static final String SERVICES = "/api/v1/namespaces/default/services";

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final PlainClient client = api.client();

    @Test
    void fillsInWhatAPodLeavesOpen() throws Exception {
        Reply created = client.post(PODS, pod("driver"));

        assertThat(created.code()).isEqualTo(201);
        assertThat(created.text("metadata", "uid")).matches("[0-9a-f-]{36}");
        assertThat(created.text("metadata", "resourceVersion")).isNotEmpty();
        assertThat(created.text("metadata", "creationTimestamp")).endsWith("Z");
        assertThat(created.text("metadata", "namespace")).isEqualTo("default");
        assertThat(created.text("status", "phase")).isEqualTo("Pending");
        assertThat(created.text("status", "qosClass")).isEqualTo("BestEffort");
        assertThat(created.text("spec", "restartPolicy")).isEqualTo("Always");
        assertThat(created.text("spec", "serviceAccountName")).isEqualTo("default");
        assertThat(created.body().at("/spec/containers/0/imagePullPolicy").asText())
                .isEqualTo("Always");
    }

    @Test
    void ignoresTheStatusOfANewPod() throws Exception {
        String running = pod("driver").replace("\"spec\"", "\"status\":{\"phase\":\"Running\"},\"spec\"");

        assertThat(client.post(PODS, running).text("status", "phase")).isEqualTo("Pending");
    }

    @Test
    void fillsInServicePortsAndAddress() throws Exception {
        String spec = "{\"metadata\":{\"name\":\"ui\"},\"spec\":{\"ports\":[{\"port\":4040}]}}";
        Reply service = client.post(SERVICES, spec);
        Reply headless = client.post(
                SERVICES, spec.replace("ui", "driver").replace("\"ports\"", "\"clusterIP\":\"None\",\"ports\""));

        assertThat(service.text("spec", "clusterIP")).startsWith("10.96.");
        assertThat(service.body().at("/spec/ports/0/protocol").asText()).isEqualTo("TCP");
        assertThat(service.body().at("/spec/ports/0/targetPort").asInt()).isEqualTo(4040);
        assertThat(headless.text("spec", "clusterIP")).isEqualTo("None");
    }

    @Test
    void makesUpNamesFromGenerateName() throws Exception {
        Reply created = client.post(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"conf-\"}}");

        assertThat(created.text("metadata", "name")).matches("conf-[a-z0-9]{5}");
    }

    @Test
    void refusesASecondObjectOfTheSameName() throws Exception {
        client.post(CONFIG_MAPS, configMap("conf"));
        Reply second = client.post(CONFIG_MAPS, configMap("conf"));

        assertThat(second.code()).isEqualTo(409);
        assertThat(second.text("reason")).isEqualTo("AlreadyExists");
        assertThat(second.text("message")).isEqualTo("configmaps \"conf\" already exists");
        assertThat(second.text("details", "kind")).isEqualTo("configmaps");
    }

    @Test
    void refusesAMissingNamespace() throws Exception {
        Reply refused = client.post("/api/v1/namespaces/nowhere/pods", pod("driver"));

        assertThat(refused.code()).isEqualTo(404);
        assertThat(refused.text("message")).isEqualTo("namespaces \"nowhere\" not found");
    }

    @Test
    void refusesAMissingServiceAccount() throws Exception {
        String pod = pod("driver").replace("\"containers\"", "\"serviceAccountName\":\"spark\",\"containers\"");
        Reply refused = client.post(PODS, pod);

        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.text("message"))
                .isEqualTo("pods \"driver\" is forbidden: error looking up service account default/spark:"
                        + " serviceaccount \"spark\" not found");
    }

    @Test
    void namesEveryCauseOfAnInvalidPod() throws Exception {
        String pod = "{\"metadata\":{\"name\":\"bad_NAME\",\"labels\":{\"app\":\"a b\"}},\"spec\":{\"containers\":["
                + "{\"name\":\"main\",\"volumeMounts\":[{\"name\":\"none\",\"mountPath\":\"/x\"}],"
                + "\"resources\":{\"requests\":{\"cpu\":\"2\"},\"limits\":{\"cpu\":\"1\"}}}]}}";
        Reply refused = client.post(PODS, pod);

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("reason")).isEqualTo("Invalid");
        assertThat(refused.text("message")).startsWith("Pod \"bad_NAME\" is invalid: [metadata.name: Invalid value");
        assertThat(refused.body().at("/details/causes").findValuesAsText("field"))
                .containsExactly(
                        "metadata.name",
                        "metadata.labels",
                        "spec.containers[0].image",
                        "spec.containers[0].volumeMounts[0].name",
                        "spec.containers[0].resources.requests");
        assertThat(refused.body().at("/details/causes").findValuesAsText("message"))
                .contains("Required value", "Not found: \"none\"")
                .anyMatch(m -> m.endsWith("must be less than or equal to cpu limit of 1"));
    }

    @Test
    void refusesWhatIsNotAQuantity() throws Exception {
        String pod = pod("driver")
                .replace(
                        "\"image\":\"spark\"",
                        "\"image\":\"spark\",\"resources\":{\"requests\":{\"memory\":\"1 gig\"}}");
        Reply refused = client.post(PODS, pod);

        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.text("message")).contains("quantities must match the regular expression");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"image\":\"spark\" | \"image\":5 | spec.containers[0].image",
                "\"spec\" | \"status\":7,\"spec\" | status",
                "\"name\":\"driver\" | \"name\":\"driver\",\"labels\":{\"a\":1} | metadata.labels.a",
            })
    void refusesValuesOfAnotherType(String from, String to, String field) throws Exception {
        Reply refused = client.post(PODS, pod("driver").replace(from, to));

        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.text("message")).startsWith("Pod in version \"v1\" cannot be handled as a Pod: " + field);
    }

    @Test
    void refusesUnknownFieldsOnlyIfAsked() throws Exception {
        String pod = pod("driver").replace("\"image\"", "\"imgae\":\"x\",\"image\"");
        Reply strict = client.post(PODS + "?fieldValidation=Strict", pod);

        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.text("message")).contains("unknown field \"spec.containers.0.imgae\"");
        assertThat(client.post(PODS, pod).code()).isEqualTo(201);
    }

    @Test
    void refusesAServiceNameWithADot() throws Exception {
        Reply refused = client.post(SERVICES, "{\"metadata\":{\"name\":\"a.b\"},\"spec\":{\"ports\":[{\"port\":1}]}}");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("message")).contains("a lowercase RFC 1123 label must consist of");
    }

    @Test
    void refusesAnOversizedConfigMap() throws Exception {
        String big = configMap("conf").replace("\"v\"", '"' + "x".repeat(1024 * 1024 + 1) + '"');

        Reply refused = client.post(CONFIG_MAPS, big);
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("message")).contains("Too long: may not be more than 1048576 bytes");
    }

    @Test
    void refusesToChangeAnImmutableConfigMap() throws Exception {
        client.post(CONFIG_MAPS, configMap("conf").replace("\"data\"", "\"immutable\":true,\"data\""));
        Reply refused = client.patch(CONFIG_MAPS + "/conf", "merge-patch+json", "{\"data\":{\"k\":\"w\"}}");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("message")).contains("data: Forbidden: field is immutable when `immutable` is set");
    }

    @Test
    void refusesToChangeThePodSpec() throws Exception {
        client.post(PODS, pod("driver"));
        Reply refused = client.patch(PODS + "/driver", "merge-patch+json", "{\"spec\":{\"restartPolicy\":\"Never\"}}");
        Reply image = client.patch(
                PODS + "/driver",
                "strategic-merge-patch+json",
                "{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"other\"}]}}");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("message")).contains("pod updates may not change fields other than");
        assertThat(image.code()).isEqualTo(200);
    }

    @Test
    void refusesAnUpdateOfAnOldVersion() throws Exception {
        Reply created = client.post(CONFIG_MAPS, configMap("conf"));
        client.patch(CONFIG_MAPS + "/conf", "merge-patch+json", "{\"data\":{\"k\":\"w\"}}");
        Reply refused = client.put(CONFIG_MAPS + "/conf", created.body().toString());

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.text("reason")).isEqualTo("Conflict");
        assertThat(refused.text("message"))
                .isEqualTo("Operation cannot be fulfilled on configmaps \"conf\": the object has been modified;"
                        + " please apply your changes to the latest version and try again");
    }

    @Test
    void keepsTheVersionWhenNothingChanges() throws Exception {
        Reply created = client.post(CONFIG_MAPS, configMap("conf"));
        Reply same = client.patch(CONFIG_MAPS + "/conf", "merge-patch+json", "{\"data\":{\"k\":\"v\"}}");

        assertThat(same.body()).isEqualTo(created.body());
    }

    @ParameterizedTest
    @CsvSource({"POST,''", "PUT,/conf", "PATCH,/conf", "DELETE,/conf"})
    void changesNothingInADryRun(String method, String name) throws Exception {
        if (!name.isEmpty()) {
            client.post(CONFIG_MAPS, configMap("conf"));
        }
        String before = client.get(CONFIG_MAPS).body().toString();
        String path = CONFIG_MAPS + name + "?dryRun=All";
        Reply tried =
                switch (method) {
                    case "POST" -> client.post(path, configMap("other"));
                    case "PUT" -> client.put(path, configMap("conf").replace("\"v\"", "\"w\""));
                    case "PATCH" -> client.patch(path, "merge-patch+json", "{\"data\":null}");
                    default -> client.delete(path, "");
                };

        assertThat(tried.code()).isBetween(200, 201);
        assertThat(client.get(CONFIG_MAPS).body().toString()).isEqualTo(before);
    }

    @Test
    void bindsAPodOnce() throws Exception {
        client.post(PODS, pod("driver"));
        String binding = "{\"metadata\":{\"name\":\"driver\"},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}";
        Reply bound = client.post(PODS + "/driver/binding", binding);
        Reply again = client.post("/api/v1/namespaces/default/bindings", binding);

        assertThat(bound.code()).isEqualTo(201);
        assertThat(client.get(PODS + "/driver").text("spec", "nodeName")).isEqualTo("n1");
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.text("message")).contains("pod driver is already assigned to node \"n1\"");
    }

    @Test
    void answersUnknownPathsWithNotFound() throws Exception {
        assertThat(client.get("/api/v1/namespaces/default/nothings").code()).isEqualTo(404);
        assertThat(client.get("/apis/none/v1/x").code()).isEqualTo(404);
        assertThat(client.get("/nothing").body().asText()).isEqualTo("404 page not found\n");
        assertThat(client.get("/version").text("gitVersion")).isEqualTo("v1.36.0");
        assertThat(client.get("/readyz").body().asText()).isEqualTo("ok");
    }
}
