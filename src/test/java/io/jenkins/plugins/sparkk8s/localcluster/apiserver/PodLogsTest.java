package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs are fetched from the kubelet of the pod's node, with a certificate that is not known. */
class PodLogsTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch more = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private KubernetesApiServer server;
    private PlainClient client;
    private HttpsServer kubelet;

    @BeforeEach
    void start() throws Exception {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new PlainClient(server);
        kubelet = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HeldCertificate own =
                new HeldCertificate.Builder().commonName("kubelet").build();
        kubelet.setHttpsConfigurator(new HttpsConfigurator(
                new HandshakeCertificates.Builder().heldCertificate(own).build().sslContext()));
        kubelet.setExecutor(threads);
        kubelet.createContext("/containerLogs", this::serve);
        kubelet.start();
        client.post("/api/v1/nodes", node());
        client.post(PODS, pod("driver", "n1"));
    }

    @AfterEach
    void stop() {
        more.countDown();
        server.close();
        kubelet.stop(0);
        threads.shutdownNow();
    }

    @Test
    void passesOnTheLogAndItsOptions() throws Exception {
        run();
        Reply log = client.get(PODS + "/driver/log?tailLines=5&timestamps=true&pretty=false");

        assertThat(log.code()).isEqualTo(200);
        assertThat(log.body().asText()).isEqualTo("first\n");
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0))
                .startsWith("/containerLogs/default/driver/main?")
                .contains("tailLines=5", "timestamps=true")
                .doesNotContain("pretty");
    }

    @Test
    void followsALog() throws Exception {
        run();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (KubernetesClient fabric = new KubernetesClientBuilder()
                        .withConfig(server.clientConfig())
                        .build();
                LogWatch watch = fabric.pods().withName("driver").watchLog(out)) {
            await().until(() -> out.toString(StandardCharsets.UTF_8).equals("first\n"));
            more.countDown();
            await().until(() -> out.toString(StandardCharsets.UTF_8).equals("first\nsecond\n"));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void saysThatAContainerHasNotStarted() throws Exception {
        Reply refused = client.get(PODS + "/driver/log");

        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.text("message"))
                .isEqualTo("container \"main\" in pod \"driver\" is waiting to start: ContainerCreating");
    }

    @Test
    void wantsAContainerNameWhenThereAreSeveral() throws Exception {
        String two = pod("two").replace("[{", "[{\"name\":\"side\",\"image\":\"x\"},{");
        client.post(PODS, two);

        assertThat(client.get(PODS + "/two/log").text("message"))
                .isEqualTo("a container name must be specified for pod two, choose one of: [side main]");
        assertThat(client.get(PODS + "/two/log?container=none").text("message"))
                .isEqualTo("container none is not valid for pod two");
        assertThat(client.get(PODS + "/none/log").code()).isEqualTo(404);
    }

    private void run() throws Exception {
        client.patch(
                PODS + "/driver/status",
                "merge-patch+json",
                "{\"status\":{\"containerStatuses\":[{\"name\":\"main\",\"state\":{\"running\":{}}}]}}");
    }

    private void serve(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write("first\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (exchange.getRequestURI().getQuery().contains("follow=true")) {
                more.await();
                out.write("second\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String node() {
        return "{\"metadata\":{\"name\":\"n1\"},\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\""
                + kubelet.getAddress().getAddress().getHostAddress()
                + "\"}],\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":"
                + kubelet.getAddress().getPort() + "}}}}";
    }
}
