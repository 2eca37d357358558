package io.jenkins.plugins.sparkk8s.submission;

import static io.jenkins.plugins.sparkk8s.driver.Applications.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creates drivers on an API server that can be told to fail. */
class DriverSubmitterTest {
    private static final int CALLS_OF_A_SUBMISSION = 10;

    private final DriverSpec spec = Applications.java()
            .with("spark.kubernetes.authenticate.driver.oauthToken", "s3cr3t")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.mount.path", "/d")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.claimName", "OnDemand")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.storageClass", "fast")
            .with("spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.sizeLimit", "1Gi")
            .build();

    private KubernetesApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new KubernetesClientBuilder().withConfig(config()).build();
    }

    private Config config() {
        Config config = server.clientConfig();
        config.setRequestRetryBackoffLimit(3);
        config.setRequestRetryBackoffInterval(10);
        return config;
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void createsEverythingWithTheDriverPodAsOwner() throws Exception {
        SubmissionHandle handle = submit();

        Pod pod = client.pods()
                .inNamespace("default")
                .withName("up-aaaaaaaaaaaaaaaa-driver")
                .get();
        assertThat(handle.driverPodUid()).isEqualTo(pod.getMetadata().getUid());
        assertThat(handle.submissionId()).isEqualTo("default:up-aaaaaaaaaaaaaaaa-driver");
        assertThat(handle.applicationId()).isEqualTo(APP_ID);
        assertThat(names(dependants()))
                .containsExactlyInAnyOrder(
                        "spark-drv-cccccccccccccccc-conf-map",
                        "up-aaaaaaaaaaaaaaaa-driver-svc",
                        "up-aaaaaaaaaaaaaaaa-kubernetes-credentials",
                        "up-aaaaaaaaaaaaaaaa-driver-pvc-0");
        assertThat(dependants()).allSatisfy(object -> assertOwnedBy(object, pod));
    }

    @Test
    void createsThePodAfterAllThatItMounts() throws Exception {
        submit();

        assertThat(server.requests().stream()
                        .filter(r -> r.method().equals("POST"))
                        .map(RequestRecord::path))
                .last()
                .isEqualTo("/api/v1/namespaces/default/pods");
        assertThat(server.requests()).hasSize(CALLS_OF_A_SUBMISSION);
    }

    @Test
    void writesThePodsUidDownBeforeItGoesOn() throws Exception {
        List<String> events = new ArrayList<>();
        DriverSubmitter.submit(client, spec, new SubmissionListener() {
            @Override
            public void created(ObjectReference object) {
                events.add(object.kind());
            }

            @Override
            public void driverPodExists(SubmissionHandle handle) {
                assertThat(handle.createdDriverPodUid()).isPresent();
                assertThat(dependants())
                        .allSatisfy(object -> assertThat(object.getMetadata().getOwnerReferences())
                                .isEmpty());
                events.add("exists");
            }
        });

        assertThat(events).containsExactly("Secret", "Service", "PersistentVolumeClaim", "ConfigMap", "Pod", "exists");
    }

    @ParameterizedTest
    @CsvSource({
        "create,secrets,403",
        "create,services,422",
        "create,persistentvolumeclaims,403",
        "create,configmaps,500",
        "create,pods,403",
        "create,pods,422",
        "create,pods,500",
        "create,pods,429",
        "patch,secrets,403",
        "patch,services,500",
        "patch,configmaps,422",
    })
    void removesEverythingWhenACallFails(String verb, String resource, int code) {
        server.faults().answer(100, RequestMatch.of(verb, resource), code);

        Throwable failure = catchThrowable(this::submit);

        assertThat(failure)
                .isInstanceOfSatisfying(
                        SubmissionException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(failure.getMessage())
                .contains("did not " + verb)
                .contains("namespace default")
                .doesNotContain("could not be removed");
        assertNothingIsLeft();
    }

    @Test
    void goesOnWhenTheAnswerToTheCreationGotLost() throws Exception {
        server.faults().answerAfterDoing(1, RequestMatch.of("create", "pods"), 500);

        SubmissionHandle handle = submit();

        assertThat(pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(handle.driverPodUid()));
    }

    @Test
    void removesADriverOfWhichItNeverHeard() {
        server.faults().answerAfterDoing(1, RequestMatch.of("create", "pods"), 500);
        Config impatient = config();
        impatient.setRequestRetryBackoffLimit(0);

        try (KubernetesClient once =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            assertThatThrownBy(() -> DriverSubmitter.submit(once, spec, SubmissionListener.NONE))
                    .isInstanceOf(SubmissionException.class);
        }

        assertNothingIsLeft();
    }

    /** The submitter dies before its n-th call: neither that call nor any later one, nor a roll-back, is made. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aRepeatAfterADeathEndsWithOneDriverThatOwnsAll(int call) throws Exception {
        try (KubernetesClient mortal = mortal(call)) {
            assertThatThrownBy(() -> DriverSubmitter.submit(mortal, spec, SubmissionListener.NONE))
                    .isNotNull();
        }
        List<Pod> before = pods();

        SubmissionHandle handle = submit();

        assertThat(pods()).hasSize(1);
        if (!before.isEmpty()) {
            assertThat(handle.driverPodUid())
                    .isEqualTo(before.get(0).getMetadata().getUid());
        }
        assertThat(dependants()).hasSize(4).allSatisfy(object -> assertOwnedBy(object, pods().get(0)));
        client.pods()
                .inNamespace("default")
                .withName(handle.driverPodName())
                .withGracePeriod(0)
                .delete();
        await().untilAsserted(() -> assertThat(dependants()).isEmpty());
    }

    private KubernetesClient mortal(int deadlyCall) {
        AtomicInteger calls = new AtomicInteger();
        return new KubernetesClientBuilder()
                .withConfig(config())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("death", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest sent, RequestTags tags) {
                        if (calls.incrementAndGet() >= deadlyCall) {
                            throw new IllegalStateException("dead");
                        }
                    }
                }))
                .build();
    }

    @Test
    void replacesTheConfigMapOfAnEarlierTryThatStagedElsewhere() throws Exception {
        try (KubernetesClient mortal = mortal(6)) {
            assertThatThrownBy(() -> DriverSubmitter.submit(mortal, spec, SubmissionListener.NONE))
                    .isNotNull();
        }
        assertThat(client.configMaps().inNamespace("default").list().getItems()).hasSize(1);
        DriverSpec staged =
                Applications.java().with("spark.jars", "s3a://b/new.jar").build();

        DriverSubmitter.submit(client, staged, SubmissionListener.NONE);

        assertThat(client.configMaps()
                        .inNamespace("default")
                        .withName("spark-drv-cccccccccccccccc-conf-map")
                        .get()
                        .getData()
                        .get("spark.properties"))
                .contains("s3a\\://b/new.jar");
    }

    @Test
    void neverTouchesAPodOfSomebodyElse() {
        Pod foreign = new PodBuilder(spec.pod())
                .editMetadata()
                .withLabels(null)
                .addToLabels("spark-app-selector", "spark-other")
                .endMetadata()
                .build();
        client.resource(foreign).create();

        assertThatThrownBy(this::submit)
                .isInstanceOf(SubmissionException.class)
                .hasMessageContaining("up-aaaaaaaaaaaaaaaa-driver already exists in namespace default")
                .hasMessageContaining("the application spark-other")
                .hasMessageContaining("spark.kubernetes.driver.pod.name");
        assertThat(pods()).hasSize(1);
        assertThat(dependants()).isEmpty();
    }

    @Test
    void neverTouchesAConfigMapOfSomebodyElse() {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("spark-drv-cccccccccccccccc-conf-map")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("keep", "me")
                        .build())
                .create();

        assertThatThrownBy(this::submit)
                .hasMessageContaining("ConfigMap spark-drv-cccccccccccccccc-conf-map already exists")
                .hasMessageContaining("something else");
        assertThat(pods()).isEmpty();
        assertThat(dependants())
                .singleElement()
                .satisfies(object -> assertThat(object.getKind()).isEqualTo("ConfigMap"));
    }

    @Test
    void keepsARunningDriverWhenTheRepeatFails() throws Exception {
        SubmissionHandle handle = submit();
        server.faults().answer(100, RequestMatch.of("patch", "services"), 500);

        assertThatThrownBy(this::submit).isInstanceOf(SubmissionException.class);

        assertThat(pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(handle.driverPodUid()));
        assertThat(dependants()).hasSize(4);
    }

    @Test
    void doesNotStartAnApplicationAgainThatIsBeingDeleted() throws Exception {
        SubmissionHandle handle = submit();
        client.pods()
                .inNamespace("default")
                .withName(handle.driverPodName())
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToFinalizers("example.com/wait")
                        .endMetadata()
                        .build());
        client.pods().inNamespace("default").withName(handle.driverPodName()).delete();

        assertThatThrownBy(this::submit).hasMessageContaining("is being deleted");
    }

    @Test
    void removesEverythingWhenInterrupted() {
        assertThatThrownBy(() -> DriverSubmitter.submit(client, spec, new SubmissionListener() {
                    @Override
                    public void created(ObjectReference object) {
                        if (object.kind().equals("Service")) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void removesEverythingWhenTheListenerFails() {
        assertThatThrownBy(() -> DriverSubmitter.submit(client, spec, new SubmissionListener() {
                    @Override
                    public void driverPodExists(SubmissionHandle handle) {
                        throw new IllegalStateException("disk full");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk full");

        assertNothingIsLeft();
    }

    @Test
    void namesWhatItCouldNotRemove() {
        server.faults().answer(100, RequestMatch.of("create", "pods"), 422);
        server.faults().answer(100, RequestMatch.of("delete", "services"), 403);
        List<String> events = new ArrayList<>();

        assertThatThrownBy(() -> DriverSubmitter.submit(client, spec, new SubmissionListener() {
                    @Override
                    public void removed(ObjectReference object) {
                        events.add("removed " + object.kind());
                    }

                    @Override
                    public void leftBehind(ObjectReference object) {
                        events.add("left " + object.kind());
                    }
                }))
                .hasMessageContaining("could not be removed again: Service up-aaaaaaaaaaaaaaaa-driver-svc.")
                .hasMessageContaining("-l sparkk8s.jenkins.io/application-id=" + APP_ID);

        assertThat(events)
                .containsExactly(
                        "removed ConfigMap", "removed PersistentVolumeClaim", "left Service", "removed Secret");
    }

    private SubmissionHandle submit() throws InterruptedException {
        return DriverSubmitter.submit(client, spec, SubmissionListener.NONE);
    }

    private void assertNothingIsLeft() {
        assertThat(names(pods())).isEmpty();
        assertThat(names(dependants())).isEmpty();
    }

    private static void assertOwnedBy(HasMetadata object, Pod pod) {
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

    private static List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).toList();
    }

    private List<Pod> pods() {
        return client.pods().inNamespace("default").list().getItems();
    }

    private List<HasMetadata> dependants() {
        return Stream.<HasMetadata>concat(
                        Stream.concat(
                                client.services().inNamespace("default").list().getItems().stream(),
                                client.configMaps().inNamespace("default").list().getItems().stream()),
                        Stream.concat(
                                client.secrets().inNamespace("default").list().getItems().stream(),
                                client.persistentVolumeClaims().inNamespace("default").list().getItems().stream()))
                .toList();
    }
}
