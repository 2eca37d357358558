package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How objects are deleted: at once, gracefully, with finalizers, with their owners. */
class DeletionTest {

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final PlainClient client = api.client();

    @Test
    void keepsAScheduledPodUntilTheKubeletConfirms() throws Exception {
        client.post(PODS, pod("driver", "n1"));
        Reply deleted = client.delete(PODS + "/driver", "");

        assertThat(deleted.code()).isEqualTo(200);
        assertThat(deleted.body().at("/metadata/deletionGracePeriodSeconds").asInt())
                .isEqualTo(30);
        assertThat(deleted.text("metadata", "deletionTimestamp")).isNotEmpty();
        assertThat(client.get(PODS + "/driver").code()).isEqualTo(200);

        client.delete(PODS + "/driver", "{\"gracePeriodSeconds\":0}");
        assertThat(client.get(PODS + "/driver").code()).isEqualTo(404);
    }

    @Test
    void onlyShortensTheGracePeriod() throws Exception {
        client.post(PODS, pod("driver", "n1"));
        client.delete(PODS + "/driver?gracePeriodSeconds=5", "");
        Reply longer = client.delete(PODS + "/driver?gracePeriodSeconds=60", "");

        assertThat(longer.body().at("/metadata/deletionGracePeriodSeconds").asInt())
                .isEqualTo(5);
    }

    @Test
    void removesAnUnscheduledPodAtOnce() throws Exception {
        client.post(PODS, pod("driver"));
        client.delete(PODS + "/driver", "");

        assertThat(client.get(PODS + "/driver").code()).isEqualTo(404);
    }

    @Test
    void removesAFinishedPodAtOnce() throws Exception {
        client.post(PODS, pod("driver", "n1"));
        client.patch(PODS + "/driver/status", "merge-patch+json", "{\"status\":{\"phase\":\"Succeeded\"}}");
        client.delete(PODS + "/driver", "");

        assertThat(client.get(PODS + "/driver").code()).isEqualTo(404);
    }

    @Test
    void answersWithAStatusForAConfigMap() throws Exception {
        client.post(CONFIG_MAPS, configMap("conf"));
        Reply deleted = client.delete(CONFIG_MAPS + "/conf", "");

        assertThat(deleted.text("kind")).isEqualTo("Status");
        assertThat(deleted.text("status")).isEqualTo("Success");
        assertThat(deleted.text("details", "name")).isEqualTo("conf");
        assertThat(client.delete(CONFIG_MAPS + "/conf", "").code()).isEqualTo(404);
    }

    @Test
    void waitsForFinalizers() throws Exception {
        String held = "{\"metadata\":{\"name\":\"conf\",\"finalizers\":[\"example.com/hold\"]}}";
        client.post(CONFIG_MAPS, held);
        client.delete(CONFIG_MAPS + "/conf", "");
        assertThat(client.get(CONFIG_MAPS + "/conf").text("metadata", "deletionTimestamp"))
                .isNotEmpty();

        client.patch(CONFIG_MAPS + "/conf", "merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(client.get(CONFIG_MAPS + "/conf").code()).isEqualTo(404);
    }

    @Test
    void refusesToDeleteAnotherIncarnation() throws Exception {
        client.post(CONFIG_MAPS, configMap("conf"));
        Reply refused = client.delete(CONFIG_MAPS + "/conf", "{\"preconditions\":{\"uid\":\"other\"}}");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.text("message")).contains("Precondition failed: UID in precondition: other");
    }

    @Test
    void deletesACollectionBySelector() throws Exception {
        client.post(CONFIG_MAPS, configMap("a1", "a", ""));
        client.post(CONFIG_MAPS, configMap("a2", "a", ""));
        client.post(CONFIG_MAPS, configMap("b1", "b", ""));
        client.delete(CONFIG_MAPS + "?labelSelector=app%3Da", "");

        assertThat(client.get(CONFIG_MAPS).names()).containsExactly("b1");
    }

    @Test
    void collectsWhatADeletedOwnerLeaves() throws Exception {
        String uid = client.post(PODS, pod("driver")).text("metadata", "uid");
        client.post(CONFIG_MAPS, configMap("owned", "a", uid));
        client.post(CONFIG_MAPS, configMap("free", "a", ""));
        client.delete(PODS + "/driver", "");

        awaitConfigMaps("free");
    }

    @Test
    void collectsWhatNeverHadALivingOwner() throws Exception {
        client.post(CONFIG_MAPS, configMap("owned", "a", "no-such-uid"));

        awaitConfigMaps();
    }

    @Test
    void keepsWhatHasASecondLivingOwner() throws Exception {
        String first = client.post(PODS, pod("one")).text("metadata", "uid");
        String second = client.post(PODS, pod("two")).text("metadata", "uid");
        String owners = "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"one\",\"uid\":\""
                + first + "\"},{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"two\",\"uid\":\"" + second + "\"}]";
        client.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"shared\"," + owners + "}}");
        client.delete(PODS + "/one", "");

        await().until(() -> client.get(CONFIG_MAPS + "/shared")
                        .body()
                        .at("/metadata/ownerReferences")
                        .size()
                == 1);
        client.delete(PODS + "/two", "");
        awaitConfigMaps();
    }

    @Test
    void collectsPodsGracefully() throws Exception {
        String uid = client.post(PODS, pod("driver")).text("metadata", "uid");
        String executor = pod("executor", "n1")
                .replace(
                        "\"name\":\"executor\"",
                        "\"name\":\"executor\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\","
                                + "\"name\":\"driver\",\"uid\":\"" + uid + "\"}]");
        client.post(PODS, executor);
        client.delete(PODS + "/driver", "");

        await().until(() -> !client.get(PODS + "/executor")
                .text("metadata", "deletionTimestamp")
                .isEmpty());
    }

    @Test
    void waitsForDependentsInTheForeground() throws Exception {
        String uid = client.post(PODS, pod("driver")).text("metadata", "uid");
        String held = configMap("owned", "a", uid)
                .replace("\"name\":\"owned\"", "\"name\":\"owned\",\"finalizers\":[\"example.com/hold\"]");
        client.post(CONFIG_MAPS, held);
        client.delete(PODS + "/driver", "{\"propagationPolicy\":\"Foreground\"}");

        await().until(() -> !client.get(CONFIG_MAPS + "/owned")
                .text("metadata", "deletionTimestamp")
                .isEmpty());
        assertThat(client.get(PODS + "/driver")
                        .body()
                        .at("/metadata/finalizers/0")
                        .asText())
                .isEqualTo("foregroundDeletion");
        client.patch(CONFIG_MAPS + "/owned", "merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
        await().until(() -> client.get(PODS + "/driver").code() == 404);
    }

    @Test
    void letsDependentsGoAsOrphans() throws Exception {
        String uid = client.post(PODS, pod("driver")).text("metadata", "uid");
        client.post(CONFIG_MAPS, configMap("owned", "a", uid));
        client.delete(PODS + "/driver", "{\"propagationPolicy\":\"Orphan\"}");

        await().until(() -> client.get(PODS + "/driver").code() == 404);
        assertThat(client.get(CONFIG_MAPS + "/owned").body().at("/metadata/ownerReferences"))
                .isEmpty();
    }

    @Test
    void emptiesADeletedNamespace() throws Exception {
        client.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"spark\"}}");
        client.post("/api/v1/namespaces/spark/configmaps", configMap("conf"));
        client.post("/api/v1/namespaces/spark/pods", pod("driver", "n1"));
        client.delete("/api/v1/namespaces/spark", "");

        Reply refused = client.post("/api/v1/namespaces/spark/configmaps", configMap("late"));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.text("message")).contains("because it is being terminated");
        client.delete("/api/v1/namespaces/spark/pods/driver", "{\"gracePeriodSeconds\":0}");
        await().until(() -> client.get("/api/v1/namespaces/spark").code() == 404);
    }

    @Test
    void evictsAPodUnlessItsBudgetForbids() throws Exception {
        client.post(PODS, pod("driver", "n1"));
        String budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        client.post(budgets, "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"selector\":{}}}");
        client.patch(budgets + "/b/status", "merge-patch+json", "{\"status\":{\"disruptionsAllowed\":0}}");
        String eviction = "{\"metadata\":{\"name\":\"driver\"}}";

        assertThat(client.post(PODS + "/driver/eviction", eviction).code()).isEqualTo(429);
        client.delete(budgets + "/b", "");
        assertThat(client.post(PODS + "/driver/eviction", eviction).code()).isEqualTo(201);
        assertThat(client.get(PODS + "/driver").text("metadata", "deletionTimestamp"))
                .isNotEmpty();
    }

    private void awaitConfigMaps(String... names) {
        await().untilAsserted(() -> assertThat(client.get(CONFIG_MAPS).names()).containsExactly(names));
    }
}
