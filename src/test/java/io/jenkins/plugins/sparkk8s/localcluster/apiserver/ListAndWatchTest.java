package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Lines;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists with selectors and pages, and watches over plain HTTP. */
class ListAndWatchTest {

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final KubernetesApiServer server = api.server();
    private final PlainClient client = api.client();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=a | a1,a2",
                "app==b | b1",
                "app!=a | b1,c1,none",
                "app in (a, b) | a1,a2,b1",
                "app notin (a,b) | c1,none",
                "app | a1,a2,b1,c1",
                "!app | none",
                "app in (a,b),app!=b | a1,a2",
            })
    void selectsByLabels(String selector, String expected) throws Exception {
        for (String name : new String[] {"a1", "a2", "b1", "c1"}) {
            client.post(CONFIG_MAPS, configMap(name, name.substring(0, 1), ""));
        }
        client.post(CONFIG_MAPS, configMap("none"));
        String query = java.net.URLEncoder.encode(selector, java.nio.charset.StandardCharsets.UTF_8);

        assertThat(client.get(CONFIG_MAPS + "?labelSelector=" + query).names()).containsExactly(expected.split(","));
    }

    @Test
    void selectsPodsByFields() throws Exception {
        client.post(PODS, pod("one", "n1"));
        client.post(PODS, pod("two"));
        client.patch(PODS + "/one/status", "merge-patch+json", "{\"status\":{\"phase\":\"Running\"}}");

        assertThat(client.get(PODS + "?fieldSelector=status.phase=Running").names())
                .containsExactly("one");
        assertThat(client.get(PODS + "?fieldSelector=status.phase!=Running,spec.nodeName=")
                        .names())
                .containsExactly("two");
        assertThat(client.get("/api/v1/pods?fieldSelector=metadata.name=two").names())
                .containsExactly("two");
        Reply refused = client.get(PODS + "?fieldSelector=spec.priority=1");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.text("message")).isEqualTo("field label not supported: spec.priority");
    }

    @Test
    void keepsPagesConsistent() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            client.post(CONFIG_MAPS, configMap(name));
        }
        Reply first = client.get(CONFIG_MAPS + "?limit=2");
        client.delete(CONFIG_MAPS + "/c", "");
        client.post(CONFIG_MAPS, configMap("d"));
        Reply second = client.get(CONFIG_MAPS + "?limit=2&continue=" + first.text("metadata", "continue"));

        assertThat(first.names()).containsExactly("a", "b");
        assertThat(first.body().at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
        assertThat(second.names()).containsExactly("c");
        assertThat(second.text("metadata", "continue")).isEmpty();
        assertThat(second.text("metadata", "resourceVersion")).isEqualTo(first.text("metadata", "resourceVersion"));
    }

    @Test
    void listsAnExactOldVersion() throws Exception {
        String version = client.post(CONFIG_MAPS, configMap("a")).text("metadata", "resourceVersion");
        client.post(CONFIG_MAPS, configMap("b"));
        String query = "?resourceVersion=" + version + "&resourceVersionMatch=";

        assertThat(client.get(CONFIG_MAPS + query + "Exact").names()).containsExactly("a");
        assertThat(client.get(CONFIG_MAPS + query + "NotOlderThan").names()).containsExactly("a", "b");
        assertThat(client.get(CONFIG_MAPS + "?resourceVersion=0").names()).containsExactly("a", "b");
        assertThat(client.get(CONFIG_MAPS + "?resourceVersion=999999").code()).isEqualTo(504);
    }

    @Test
    void watchesFromAVersion() throws Exception {
        client.post(CONFIG_MAPS, configMap("before"));
        String version = client.get(CONFIG_MAPS).text("metadata", "resourceVersion");
        client.post(CONFIG_MAPS, configMap("between"));

        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=true&resourceVersion=" + version)) {
            client.patch(CONFIG_MAPS + "/before", "merge-patch+json", "{\"data\":{\"k\":\"w\"}}");
            client.delete(CONFIG_MAPS + "/between", "");
            await().untilAsserted(() ->
                    assertThat(lines.seen()).containsExactly("ADDED between", "MODIFIED before", "DELETED between"));
        }
    }

    @Test
    void beginsWithWhatExistsWhenNoVersionIsGiven() throws Exception {
        client.post(CONFIG_MAPS, configMap("a"));

        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=1")) {
            await().untilAsserted(() -> assertThat(lines.seen()).containsExactly("ADDED a"));
        }
    }

    @Test
    void showsObjectsThatComeIntoAndLeaveTheSelection() throws Exception {
        client.post(CONFIG_MAPS, configMap("a", "x", ""));
        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=1&labelSelector=app%3Dy")) {
            for (String label : new String[] {"y", "x"}) {
                client.patch(
                        CONFIG_MAPS + "/a",
                        "merge-patch+json",
                        "{\"metadata\":{\"labels\":{\"app\":\"" + label + "\"}}}");
            }
            client.delete(CONFIG_MAPS + "/a", "");
            client.post(CONFIG_MAPS, configMap("b", "y", ""));
            await().untilAsserted(() -> assertThat(lines.seen()).containsExactly("ADDED a", "DELETED a", "ADDED b"));
        }
    }

    @Test
    void sendsBookmarksWhenAsked() throws Exception {
        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=1&allowWatchBookmarks=true")) {
            await().until(() -> lines.events().stream()
                    .anyMatch(e -> Json.text(e, "type").equals("BOOKMARK")
                            && !Json.text(e, "object", "metadata", "resourceVersion")
                                    .isEmpty()));
        }
    }

    @Test
    void endsAWatchAfterItsTimeout() throws Exception {
        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=1&timeoutSeconds=1")) {
            await().until(() -> lines.end().equals("clean"));
        }
        await().until(() -> server.openWatches() == 0);
    }

    @Test
    void refusesToWatchFromForgottenHistory() throws Exception {
        String version = client.get(CONFIG_MAPS).text("metadata", "resourceVersion");
        server.faults().forgetHistory();

        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=1&resourceVersion=" + version)) {
            await().until(() -> lines.end().equals("clean"));
            assertThat(lines.code()).isEqualTo(200);
            assertThat(Json.text(lines.events().get(0), "type")).isEqualTo("ERROR");
            assertThat(Json.text(lines.events().get(0), "object", "code")).isEqualTo("410");
            assertThat(Json.text(lines.events().get(0), "object", "message"))
                    .startsWith("too old resource version: " + version);
        }
    }

    @Test
    void showsTheSameEventsInBothGroups() throws Exception {
        client.post(
                "/api/v1/namespaces/default/events",
                "{\"metadata\":{\"name\":\"e\"},\"reason\":\"Started\",\"message\":\"m\",\"type\":\"Normal\","
                        + "\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"driver\"}}");

        Reply core = client.get("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=driver");
        Reply other = client.get("/apis/events.k8s.io/v1/namespaces/default/events/e");
        assertThat(core.names()).containsExactly("e");
        assertThat(other.text("note")).isEqualTo("m");
        assertThat(other.text("regarding", "name")).isEqualTo("driver");
    }
}
