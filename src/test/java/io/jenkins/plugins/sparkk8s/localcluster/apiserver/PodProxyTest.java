package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A port of a running pod is read through the API server, as {@code kubectl get --raw} does. */
class PodProxyTest {

    private KubernetesApiServer server;
    private PlainClient client;
    private HttpServer container;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new PlainClient(server);
        container = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        container.createContext("/", exchange -> {
            byte[] echo =
                    (exchange.getRequestMethod() + " " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            boolean moved = exchange.getRequestURI().getPath().equals("/moved");
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            if (moved) {
                exchange.getResponseHeaders().set("Location", "/jobs/");
            }
            exchange.sendResponseHeaders(moved ? 302 : echo[0] == 'P' ? 201 : 200, echo.length);
            exchange.getResponseBody().write(echo);
            exchange.close();
        });
        container.start();
        port = container.getAddress().getPort();
        client.post(
                PODS,
                "{\"metadata\":{\"name\":\"driver\"},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"spark\","
                        + "\"ports\":[{\"containerPort\":" + port + "}]}]}}");
        client.patch(PODS + "/driver/status", "merge-patch+json", "{\"status\":{\"podIP\":\"127.0.0.1\"}}");
    }

    @AfterEach
    void stop() {
        container.stop(0);
        server.close();
    }

    @Test
    void answersWithWhatThePodAnswers() throws Exception {
        String proxy = PODS + "/driver:" + port + "/proxy";

        assertThat(client.get(proxy + "/api/v1/applications/a/executors?status=x&y=%2F")
                        .body()
                        .asText())
                .isEqualTo("GET /api/v1/applications/a/executors?status=x&y=%2F");
        assertThat(client.get(proxy + "/").body().asText()).isEqualTo("GET /");
        assertThat(client.get(PODS + "/driver/proxy/a").body().asText())
                .as("first port")
                .isEqualTo("GET /a");
        assertThat(client.get(PODS + "/http:driver:" + port + "/proxy/a").code())
                .isEqualTo(200);
        assertThat(client.post(proxy + "/kill", "{}"))
                .returns(201, PlainClient.Reply::code)
                .returns("POST /kill", reply -> reply.body().asText());
    }

    @Test
    void leadsRedirectsOfThePodThroughTheProxyAgain() throws Exception {
        String proxy = PODS + "/driver:" + port + "/proxy";

        assertThat(client.get(proxy).location()).isEqualTo(proxy + "/");
        assertThat(client.get(proxy + "/moved"))
                .returns(302, PlainClient.Reply::code)
                .returns(proxy + "/jobs/", PlainClient.Reply::location);
    }

    @Test
    void refusesAPodThatIsNotThereAndAPortThatNothingListensOn() throws Exception {
        container.stop(0);
        client.post(PODS, PlainClient.pod("pending"));

        assertRefused("driver:" + port, 503, "error trying to reach service: dial tcp 127.0.0.1:" + port);
        assertRefused("pending:4040", 503, "error trying to reach service: dial tcp :4040");
        assertRefused("none:4040", 404, "pods \"none\" not found");
        assertRefused("ftp:driver:4040", 400, "invalid pod request \"ftp:driver:4040\"");
    }

    @Test
    void needsThePermissionForTheSubresourceProxy() throws Exception {
        client.post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"reader\"}}");
        String user = AccessRules.serviceAccount("default", "reader");
        server.rights().deny(user, List.of("*"), List.of("*"), List.of("*"), "*");
        server.rights().allow(user, List.of("get"), List.of(""), List.of("pods"), "default");
        client = new PlainClient(server, server.token("default", "reader"));

        assertRefused(
                "driver:" + port,
                403,
                "pods \"driver:" + port + "\" is forbidden: User \"" + user
                        + "\" cannot get resource \"pods/proxy\" in API group \"\" in the namespace \"default\"");
        server.rights().allow(user, List.of("get"), List.of(""), List.of("pods/proxy"), "default");

        assertThat(client.get(PODS + "/driver:" + port + "/proxy/a").code()).isEqualTo(200);
    }

    @Test
    void knowsNoOtherPathBelowASubresource() throws Exception {
        for (String path : List.of(
                PODS + "/driver/log/a/b", PODS + "/driver/nope/a", "/api/v1/a/b/c/d", "/apis/apps/v1/a/b/c/d")) {
            assertThat(client.get(path).code()).as(path).isEqualTo(404);
        }
    }

    private void assertRefused(String pod, int code, String message) throws Exception {
        PlainClient.Reply reply = client.get(PODS + "/" + pod + "/proxy/api/v1/applications");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.text("kind")).isEqualTo("Status");
        assertThat(reply.text("message")).contains(message);
    }
}
