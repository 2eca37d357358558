package io.jenkins.plugins.sparkk8s.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An API server that can be set to fail, an application with one object of each kind, and what to look at afterwards. */
abstract class SubmissionTestBase {
    final DriverSpec spec = Applications.java()
            .with("spark.kubernetes.authenticate.driver.oauthToken", "s3cr3t")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.mount.path", "/d")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.claimName", "OnDemand")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.storageClass", "fast")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.sizeLimit", "1Gi")
            .build();

    KubernetesApiServer server;
    KubernetesClient client;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new KubernetesClientBuilder().withConfig(config()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    Config config() {
        Config config = server.clientConfig();
        config.setRequestRetryBackoffLimit(3);
        config.setRequestRetryBackoffInterval(10);
        return config;
    }

    KubernetesClient mortal(int deadlyCall) {
        AtomicInteger calls = new AtomicInteger();
        return intercepted(request -> {
            if (calls.incrementAndGet() >= deadlyCall) {
                throw new IllegalStateException("dead");
            }
        });
    }

    /** @param before is called on the caller's thread before each request is sent */
    KubernetesClient intercepted(Consumer<HttpRequest> before) {
        return new KubernetesClientBuilder()
                .withConfig(config())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("test", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest sent, RequestTags tags) {
                        before.accept(sent);
                    }
                }))
                .build();
    }

    SubmissionHandle submit() throws InterruptedException {
        return DriverSubmitter.submit(client, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE);
    }

    void assertNothingIsLeft() {
        assertThat(names(pods())).isEmpty();
        assertThat(names(dependants())).isEmpty();
    }

    static void assertOwnedBy(HasMetadata object, Pod pod) {
        assertThat(object.getMetadata().getOwnerReferences())
                .singleElement()
                .isEqualTo(new OwnerReference(
                        "v1",
                        null,
                        true,
                        "Pod",
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid()));
    }

    static List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).toList();
    }

    List<Pod> pods() {
        return client.pods().inNamespace("default").list().getItems();
    }

    /** All that a driver has beside it; a claim that is being deleted stays for a moment and does not count. */
    List<HasMetadata> dependants() {
        return Stream.<HasMetadata>concat(
                        Stream.concat(
                                client.services().inNamespace("default").list().getItems().stream(),
                                client.configMaps().inNamespace("default").list().getItems().stream()),
                        Stream.concat(
                                client.secrets().inNamespace("default").list().getItems().stream(),
                                Stream.concat(
                                        client
                                                .persistentVolumeClaims()
                                                .inNamespace("default")
                                                .list()
                                                .getItems()
                                                .stream(),
                                        client
                                                .network()
                                                .networkPolicies()
                                                .inNamespace("default")
                                                .list()
                                                .getItems()
                                                .stream())))
                .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
