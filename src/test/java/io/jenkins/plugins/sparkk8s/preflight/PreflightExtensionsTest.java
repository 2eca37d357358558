package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.VolcanoApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the cluster has the extensions, such as Volcano, that an application needs. */
class PreflightExtensionsTest extends PreflightCase {
    private static final String ERROR =
            "spark.kubernetes.driver.pod.featureSteps asks for a PodGroup, but the cluster has no API scheduling.volcano.sh/v1beta1. Have Volcano installed, or leave the key out.";

    private static Applications volcano() {
        return application()
                .with(
                        "spark.kubernetes.driver.pod.featureSteps",
                        "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep");
    }

    @Test
    void installedVolcanoIsNothingToReport() throws Exception {
        VolcanoApi.install(admin);

        PreflightReport report = run(volcano());

        assertThat(report.errors()).isEmpty();
        assertThat(report.unchecked()).isEmpty();
    }

    @Test
    void missingVolcanoIsAnErrorForThoseWhoNeedIt() throws Exception {
        assertThat(run(volcano()).errors()).containsExactly(ERROR);
        assertThat(run(application()).errors()).isEmpty();
    }

    @Test
    void apisThatMayNotBeListedAreLeftUnchecked() throws Exception {
        PreflightReport report = findings(volcano(), 403, "{\"kind\":\"Status\",\"code\":403}");

        assertThat(report.errors()).doesNotContain(ERROR);
        assertThat(report.unchecked())
                .contains(
                        "Whether the cluster has the API scheduling.volcano.sh/v1beta1, which spark.kubernetes.driver.pod.featureSteps asks for, was not checked, as the API server does not list its APIs.");
    }

    @Test
    void priorityClassOfThePodGroupIsLookedFor() throws Exception {
        VolcanoApi.install(admin);
        var template = Files.writeString(
                folder.resolve("podgroup.yaml"), "kind: PodGroup\nspec: {priorityClassName: no-such-class}\n");

        assertThat(run(volcano().with("spark.kubernetes.scheduler.volcano.podGroupTemplateFile", template.toString()))
                        .errors())
                .anySatisfy(error -> assertThat(error)
                        .contains("spark.kubernetes.scheduler.volcano.podGroupTemplateFile")
                        .contains("PriorityClass no-such-class"));
    }

    @Test
    void missingRightNamesGroupAndKey() throws Exception {
        VolcanoApi.install(admin);
        server.rights().deny(SUBMITTER, List.of("create"), List.of("scheduling.volcano.sh"), List.of("podgroups"), "*");

        assertThat(run(volcano()).errors())
                .singleElement()
                .asString()
                .contains("may not create podgroups", "spark.kubernetes.driver.pod.featureSteps")
                .contains("apiGroup \"scheduling.volcano.sh\"");
    }

    /** A server that answers nothing but the list of its APIs. */
    private static PreflightReport findings(Applications application, int code, String apis)
            throws IOException, InterruptedException {
        HttpServer bare = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bare.createContext("/", exchange -> {
            boolean list = exchange.getRequestURI().getPath().equals("/apis");
            byte[] body = (list ? apis : "{\"kind\":\"Status\",\"code\":404}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(list ? code : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        bare.start();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + bare.getAddress().getPort())
                        .withNamespace(NAMESPACE)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build()) {
            return Preflight.run(client, application.example());
        } finally {
            bare.stop(0);
        }
    }
}
