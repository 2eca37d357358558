package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is who, and who may do what. */
class AccessTest {

    private static final String SPARK = AccessRules.serviceAccount("default", "default");

    private KubernetesApiServer server;
    private PlainClient admin;
    private PlainClient spark;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        admin = new PlainClient(server);
        spark = new PlainClient(server, server.token("default", "default"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesAnUnknownToken() throws Exception {
        Reply refused = new PlainClient(server, "nonsense").get(PODS);

        assertThat(refused.code()).isEqualTo(401);
        assertThat(refused.text("reason")).isEqualTo("Unauthorized");
    }

    @Test
    void refusesAnonymousRequestsButForHealthAndVersion() throws Exception {
        PlainClient anonymous = new PlainClient(server, "");

        assertThat(anonymous.get(PODS).code()).isEqualTo(403);
        assertThat(anonymous.get("/version").code()).isEqualTo(200);
        assertThat(anonymous.get("/livez").code()).isEqualTo(200);
    }

    @Test
    void letsAServiceAccountWorkInItsOwnNamespaceOnly() throws Exception {
        assertThat(spark.post(CONFIG_MAPS, configMap("conf")).code()).isEqualTo(201);
        assertThat(spark.get("/api/v1/nodes").code()).isEqualTo(200);
        assertThat(spark.post("/api/v1/nodes", configMap("n")).code()).isEqualTo(403);
        assertThat(spark.get("/api/v1/pods").code()).isEqualTo(403);
        Reply refused = spark.post("/api/v1/namespaces/kube-system/pods", pod("driver"));

        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.text("reason")).isEqualTo("Forbidden");
        assertThat(refused.text("message"))
                .isEqualTo("pods is forbidden: User \"system:serviceaccount:default:default\" cannot create resource"
                        + " \"pods\" in API group \"\" in the namespace \"kube-system\"");
    }

    @Test
    void lastRuleWins() throws Exception {
        server.rights().deny(SPARK, List.of("*"), List.of("*"), List.of("*"), "*");
        server.rights().allow(SPARK, List.of("get", "list"), List.of(""), List.of("pods"), "default");

        assertThat(spark.get(PODS).code()).isEqualTo(200);
        Reply refused = spark.get(PODS + "/driver/log");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.text("message")).contains("pods \"driver\" is forbidden", "resource \"pods/log\"");
    }

    @Test
    void answersWhatOneMayDo() throws Exception {
        server.rights().deny(SPARK, List.of("delete"), List.of(""), List.of("pods"), "default");

        assertThat(mayI("create")).isTrue();
        assertThat(mayI("delete")).isFalse();
    }

    private boolean mayI(String verb) throws Exception {
        String review = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"" + verb
                + "\",\"resource\":\"pods\",\"namespace\":\"default\"}}}";
        Reply reply = spark.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review);
        assertThat(reply.code()).isEqualTo(201);
        return reply.body().at("/status/allowed").asBoolean();
    }

    @Test
    void issuesTokensThatEndWithTheAccount() throws Exception {
        String accounts = "/api/v1/namespaces/default/serviceaccounts";
        admin.post(accounts, "{\"metadata\":{\"name\":\"job\"}}");
        Reply request = admin.post(accounts + "/job/token", "{\"spec\":{\"expirationSeconds\":600}}");
        PlainClient job = new PlainClient(server, request.text("status", "token"));

        assertThat(request.text("status", "expirationTimestamp")).isNotEmpty();
        assertThat(job.get(PODS).code()).isEqualTo(200);
        admin.delete(accounts + "/job", "");
        assertThat(job.get(PODS).code()).isEqualTo(401);
        assertThatThrownBy(() -> server.token("default", "job"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("create the service account first");
    }

    @Test
    void recordsWhoAskedForWhat() throws Exception {
        spark.get(PODS + "?limit=1");

        assertThat(server.requests()).containsExactly(new RequestRecord("GET", PODS, "limit=1", SPARK, 200));
    }
}
