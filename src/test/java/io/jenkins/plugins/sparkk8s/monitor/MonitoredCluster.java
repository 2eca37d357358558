package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.TestTimeouts;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogSource;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** An API server whose pods a test moves through their lives, a monitor of one application, and what it wrote. */
public final class MonitoredCluster implements AutoCloseable {
    public static final MonitorTimings FAST = MonitorTimings.builder()
            .tick(Duration.ofMillis(30))
            .driverPoll(Duration.ofMillis(200))
            .answer(Duration.ofSeconds(5))
            .firstRetry(Duration.ofMillis(30))
            .lastRetry(Duration.ofMillis(200))
            .events(Duration.ofMillis(100))
            .logWithNews(Duration.ofMillis(50))
            .logQuiet(Duration.ofMillis(200))
            .lastLog(Duration.ofSeconds(5))
            .lastExecutors(Duration.ofSeconds(2))
            .build();

    final KubernetesApiServer server = KubernetesApiServer.builder().tls(false).start();
    final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    final TestKubelet kubelet = new TestKubelet();
    final TestClock clock = TestClock.startingNow();
    final List<String> output = Collections.synchronizedList(new ArrayList<>());
    final ScheduledExecutorService scheduler = MonitorScheduler.create(4);
    final PodWatchHub hub = new PodWatchHub(scheduler, FAST);

    private Pod driver;
    ApplicationMonitor monitor;
    CompletableFuture<ApplicationSummary> end;

    MonitoredCluster() throws IOException {
        kubelet.register(client);
    }

    SecretMask mask = SecretMask.none();
    /** Of the application, besides those that make it fast. */
    Map<String, String> properties = Map.of();

    DriverLogMode logMode = DriverLogMode.ALL;
    LogFiles logFiles = LogFiles.NONE;
    EventLogSource eventLog = EventLogSource.NONE;

    /** Creates the driver pod and watches it. */
    void startMonitoring() {
        startMonitoring(TestPods.driver());
    }

    /** Creates this driver pod and watches it. */
    void startMonitoring(PodBuilder driver) {
        startMonitoring(create(driver));
    }

    /** Watches this driver pod, which may be gone. */
    void startMonitoring(Pod created) {
        startMonitoring(created, null);
    }

    /** Ends the monitoring as a restart does, and gives the file that is left of it. */
    String keep() {
        String kept = monitor.checkpoint(MonitorCheckpoint::toJson).orElseThrow();
        monitor.stop();
        output.clear();
        return kept;
    }

    /** Another controller resumes with that file alone. */
    void resume(String kept) {
        startMonitoring(driver, MonitorCheckpoint.fromJson(kept));
    }

    private void startMonitoring(Pod created, MonitorCheckpoint checkpoint) {
        driver = created;
        Map<String, String> all = new HashMap<>(properties);
        all.put("spark.kubernetes.report.interval", "100ms");
        all.put("spark.kubernetes.executor.eventProcessingInterval", "30ms");
        all.put("spark.kubernetes.executor.apiPollingInterval", "1h");
        monitor = ApplicationMonitor.builder(
                        client,
                        new MonitoredApplication(
                                TestPods.NAMESPACE,
                                TestPods.APPLICATION_ID,
                                "pi",
                                "pi-driver",
                                created.getMetadata().getUid(),
                                created.getMetadata().getResourceVersion()),
                        SparkConf.of(all),
                        output::add)
                .clock(clock)
                .scheduler(scheduler)
                .hub(hub)
                .checkpoint(checkpoint)
                .mask(mask)
                .followDriverLog(logMode)
                .logFiles(logFiles)
                .eventLog(eventLog)
                .timings(FAST)
                .build();
        end = monitor.start();
    }

    Pod create(PodBuilder pod) {
        return client.pods()
                .inNamespace(TestPods.NAMESPACE)
                .resource(pod.build())
                .create();
    }

    void status(String pod, UnaryOperator<Pod> change) {
        client.pods().inNamespace(TestPods.NAMESPACE).withName(pod).editStatus(change);
    }

    void driverRuns() {
        status("pi-driver", TestPods.status("Running", TestPods.running(TestPods.DRIVER_CONTAINER)));
    }

    void driverWaits(String reason, String message) {
        status("pi-driver", TestPods.status("Pending", TestPods.waiting(TestPods.DRIVER_CONTAINER, reason, message)));
    }

    void driverExits(int code) {
        kubelet.end();
        status(
                "pi-driver",
                TestPods.status(
                        code == 0 ? "Succeeded" : "Failed", TestPods.terminated(TestPods.DRIVER_CONTAINER, code)));
    }

    void executorRuns(long id) {
        status("pi-exec-" + id, TestPods.status("Running", TestPods.running(TestPods.EXECUTOR_CONTAINER)));
    }

    void executorExits(long id, int code) {
        status(
                "pi-exec-" + id,
                TestPods.status(
                        code == 0 ? "Succeeded" : "Failed", TestPods.terminated(TestPods.EXECUTOR_CONTAINER, code)));
    }

    /** Deletes a pod at once, as a kubelet does in the end. */
    void delete(String pod) {
        client.pods()
                .inNamespace(TestPods.NAMESPACE)
                .withName(pod)
                .withGracePeriod(0)
                .delete();
    }

    /** Records a Warning event of a pod. */
    void warn(Pod pod, String reason, String message) {
        client.v1()
                .events()
                .inNamespace(TestPods.NAMESPACE)
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName("event-")
                        .withNamespace(TestPods.NAMESPACE)
                        .endMetadata()
                        .withType("Warning")
                        .withReason(reason)
                        .withMessage(message)
                        .withNewInvolvedObject()
                        .withKind("Pod")
                        .withNamespace(TestPods.NAMESPACE)
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endInvolvedObject()
                        .build())
                .create();
    }

    void awaitLine(String part) {
        await().failFast(() -> end.isDone() && none(part)).until(() -> !none(part));
    }

    private boolean none(String part) {
        synchronized (output) {
            return output.stream().noneMatch(line -> line.contains(part));
        }
    }

    /** Waits until the monitor sees the pods. */
    void awaitWatches() {
        await().untilAsserted(() -> assertThat(server.openWatches()).isEqualTo(1));
    }

    ApplicationSummary awaitEnd() throws Exception {
        return end.get(TestTimeouts.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        if (monitor != null) {
            monitor.stop();
        }
        scheduler.shutdownNow();
        client.close();
        server.close();
        kubelet.close();
    }
}
