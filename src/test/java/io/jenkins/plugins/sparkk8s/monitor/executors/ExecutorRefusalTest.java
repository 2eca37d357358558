package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.TestClock;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver's Kubernetes client writes when the API server refuses its executors. */
class ExecutorRefusalTest {
    private static final String LOG =
            "io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: https://kubernetes.default.svc/api/v1/namespaces/spark/pods. Message: %s. Received status: Status(apiVersion=v1, code=403, details=StatusDetails(causes=[])).";

    private static ExecutorRefusal of(String message) {
        return ExecutorRefusal.of(LOG.formatted(message)).orElseThrow();
    }

    /** By the very client that Spark uses. */
    @Test
    void readsTheMessageOfTheClientItself() {
        String quota =
                "pods \"pi-exec-1\" is forbidden: exceeded quota: team, requested: cpu=1, used: cpu=4, limited: cpu=4";
        try (KubernetesApiServer server =
                        KubernetesApiServer.builder().tls(false).start();
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(server.clientConfig())
                        .build()) {
            server.faults().answer(1, RequestMatch.of("create", "pods"), 403, quota, 0);
            Throwable refused = catchThrowable(() -> client.pods()
                    .inNamespace("default")
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("pi-exec-1")
                            .endMetadata()
                            .build())
                    .create());

            ExecutorRefusal refusal = ExecutorRefusal.of(refused.toString()).orElseThrow();

            assertThat(refusal.describe()).isEqualTo("the API server refuses their pods: " + quota);
            assertThat(refusal.key()).isEqualTo("refused by quota");
            assertThat(refusal.remedy()).contains("spark.executor.instances").contains("have the quota raised");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "admission webhook \"a.b\" denied the request: no label team | spark.kubernetes.executor.label",
                "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": runAsNonRoot | securityContext",
                "pods \"x\" is forbidden: failed quota: team: must specify limits.cpu for: main | spark.kubernetes.executor.limit.cores",
                "pods \"x\" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi | LimitRange",
                "pods \"x\" is forbidden: no PriorityClass with name low was found | priorityClassName",
                "pods \"x\" is forbidden: error looking up service account spark/y: serviceaccount \"y\" not found | serviceAccountName",
                "pods is forbidden: User \"system:serviceaccount:spark:default\" cannot create resource \"pods\" in API group | docs/rbac.yaml",
                "Internal error occurred: failed calling webhook \"v.example.com\": failed to call webhook: Post \"https://v.policy.svc:443/\": connection refused | administrators of the cluster",
                "etcdserver: request is too large | The driver's log"
            })
    void namesTheRemedy(String message, String remedy) {
        assertThat(of(message).remedy()).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26/11/27 16:00:00 INFO A: Message: exceeded quota: x",
                "Failure executing: POST at: https://k/api/v1/namespaces/spark/configmaps. Message: x. Received status: y",
                "Failure executing: GET at: https://k/api/v1/namespaces/spark/pods. Message: x. Received status: y",
                "Failure executing: POST at: https://k/api/v1/namespaces/spark/pods"
            })
    void anyOtherLineIsNone(String line) {
        assertThat(ExecutorRefusal.of(line)).isEmpty();
    }

    /** As kube-controller-manager writes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create Pod s-0 in StatefulSet s failed error: %s",
                "Create Pod s-0 in StatefulSet s failed error: %s",
                "create Claim data-s-0 for Pod s-0 in StatefulSet s failed error: %s",
                "Error creating: %s",
                "(combined from similar events): Error creating: %s",
                "(combined from similar events): create Pod s-0 in StatefulSet s failed error: %s",
                "%s"
            })
    void takesTheWordsOfTheApiServerFromAnEvent(String event) {
        String words = "pods \"s-0\" is forbidden: exceeded quota: team";

        ExecutorRefusal refusal =
                ExecutorRefusal.ofEvent(event.formatted(words)).orElseThrow();

        assertThat(refusal.message()).isEqualTo(words);
        assertThat(refusal.key()).isEqualTo("refused by quota");
    }

    @Test
    void anEventOfAnUnknownRefusalNamesTheEvents() {
        assertThat(ExecutorRefusal.ofEvent("Error creating: etcdserver: request is too large"))
                .map(ExecutorRefusal::remedy)
                .contains("The events of the StatefulSet or ReplicaSet of the executors have the whole error.");
        assertThat(ExecutorRefusal.ofEvent("Error creating: ")).isEmpty();
    }

    @Test
    void aLongMessageIsCut() {
        assertThat(of("x".repeat(10_000)).message()).hasSizeLessThan(500);
    }

    @Test
    void onlyTheLatestIsKept() {
        TestClock clock = TestClock.startingNow();
        AllocationLog log = new AllocationLog(clock);
        List.of("one", "two").forEach(message -> log.line(LOG.formatted(message), LogCursor.beginning()));
        log.line(
                "26/11/27 16:00:00 INFO ExecutorPodsAllocator: Going to request 2 executors from Kubernetes for ResourceProfile Id: 0, target: 3, known: 1, sharedSlotFromPendingPods: 2147483647.",
                LogCursor.beginning());
        log.line(
                "26/11/27 16:00:00 INFO ExecutorPodsAllocator: Going to request 2 executors from Kubernetes for ResourceProfile Id: 1, target: 4, known: 1, sharedSlotFromPendingPods: 2147483647.",
                LogCursor.beginning());

        assertThat(log.refusal()).map(ExecutorRefusal::message).contains("two.");
        assertThat(log.target()).contains(7L);

        log.line(
                "26/11/27 16:00:00 INFO ExecutorAllocationManager: Requesting 2 new executors because tasks are backlogged (new desired total will be 5 for resource profile id: 0)",
                LogCursor.beginning());
        log.line(
                "26/11/27 16:00:00 INFO ExecutorAllocationManager: Requesting 1 new executor because tasks are backlogged (new desired total will be 1 for resource profile id: 2)",
                LogCursor.beginning());

        clock.advance(Duration.ofMinutes(2));
        assertThat(log.desired()).containsExactly(Map.entry(0, 5L), Map.entry(2, 1L));
        assertThat(log.refusal()).isEmpty();
        assertThat(log.target()).isEmpty();
    }

    /** As after a restart, when what another controller has not read yet comes at once. */
    @Test
    void whatWasWrittenLongBeforeItIsReadIsNoPresentState() {
        TestClock clock = TestClock.startingNow();
        AllocationLog log = new AllocationLog(clock);
        String asks =
                "INFO ExecutorPodsAllocator: Going to request 2 executors from Kubernetes for ResourceProfile Id: 0, target: 3, known: 1, sharedSlotFromPendingPods: 2147483647.";
        LogCursor old = new LogCursor(clock.instant().minus(Duration.ofMinutes(5)), 1);
        LogCursor recent = new LogCursor(clock.instant().minus(Duration.ofSeconds(50)), 1);

        log.line(asks, old);
        log.line(LOG.formatted("no"), old);
        assertThat(log.target()).isEmpty();
        assertThat(log.refusal()).isEmpty();

        log.line(asks, recent);
        log.line(LOG.formatted("no"), recent);
        assertThat(log.target()).contains(3L);
        assertThat(log.refusal()).isPresent();
        clock.advance(Duration.ofSeconds(20));
        assertThat(log.refusal()).isEmpty();
    }

    /** A node whose clock is late must not hide what is written now. */
    @Test
    void whatIsReadAsItIsWrittenIsThePresentState() {
        TestClock clock = TestClock.startingNow();
        AllocationLog log = new AllocationLog(clock);
        clock.advance(Duration.ofMinutes(10));

        log.line(LOG.formatted("no"), new LogCursor(clock.instant().minus(Duration.ofMinutes(3)), 1));

        assertThat(log.refusal()).isPresent();
    }
}
