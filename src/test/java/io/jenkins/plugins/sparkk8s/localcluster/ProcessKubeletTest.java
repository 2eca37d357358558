package io.jenkins.plugins.sparkk8s.localcluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pod's user sees of the kubelet, with containers that run a command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ProcessKubeletTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicInteger namespaces = new AtomicInteger();
    private LocalCluster cluster;
    private KubernetesClient client;
    private String namespace;

    @BeforeAll
    void startCluster() throws IOException {
        cluster = LocalCluster.builder().start();
        client = cluster.client();
    }

    @AfterAll
    void closeCluster() throws IOException {
        cluster.close();
    }

    @BeforeEach
    void createNamespace() {
        namespace = "test-" + namespaces.incrementAndGet();
        cluster.createNamespace(namespace);
    }

    @Test
    void endsAPodWithTheExitCodeOfItsCommand() {
        create(command("exit-zero", "echo done"));
        create(command("exit-three", "exit 3"));

        Pod succeeded = awaitPhase("exit-zero", "Succeeded");
        Pod failed = awaitPhase("exit-three", "Failed");

        assertThat(terminated(succeeded).getReason()).isEqualTo("Completed");
        assertThat(terminated(failed).getExitCode()).isEqualTo(3);
        assertThat(terminated(failed).getReason()).isEqualTo("Error");
        assertThat(terminated(failed).getStartedAt()).isNotNull();
        assertThat(terminated(failed).getFinishedAt()).isNotNull();
        assertThat(client.pods().inNamespace(namespace).withName("exit-zero").getLog())
                .isEqualTo("done\n");
    }

    @Test
    void reportsARunningPodAsReadyWithAnAddressOfItsOwn() {
        create(command("first", "sleep 100"));
        create(command("second", "sleep 100"));

        Pod first = awaitPhase("first", "Running");
        Pod second = awaitPhase("second", "Running");

        assertThat(first.getStatus().getConditions())
                .extracting(condition -> condition.getType() + "=" + condition.getStatus())
                .containsExactlyInAnyOrder(
                        "PodScheduled=True", "Initialized=True", "ContainersReady=True", "Ready=True");
        assertThat(first.getStatus().getPodIP())
                .startsWith("127.20.")
                .isNotEqualTo(second.getStatus().getPodIP());
        assertThat(first.getStatus().getHostIP()).isEqualTo("127.0.0.1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(eventReasons("first"))
                        .containsExactlyInAnyOrder("Scheduled", "Pulled", "Created", "Started"));
    }

    @Test
    void givesTheEnvironmentOfThePodAndNotTheHosts() {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("secret")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToStringData("password", "hidden")
                        .build())
                .create();
        create(new PodBuilder(command("environment", "env"))
                .editMetadata()
                .addToLabels("colour", "blue")
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("PLAIN")
                .withValue("one")
                .endEnv()
                .addNewEnv()
                .withName("DEPENDENT")
                .withValue("$(PLAIN)-two")
                .endEnv()
                .addNewEnv()
                .withName("COLOUR")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("metadata.labels['colour']")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("IP")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("status.podIP")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("PASSWORD")
                .withNewValueFrom()
                .withNewSecretKeyRef("password", "secret", false)
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .build());

        Pod pod = awaitPhase("environment", "Succeeded");

        List<String> names = log("environment")
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(log("environment").lines())
                .contains(
                        "PLAIN=one",
                        "DEPENDENT=one-two",
                        "COLOUR=blue",
                        "PASSWORD=hidden",
                        "HOSTNAME=environment",
                        "IP=" + pod.getStatus().getPodIP());
        assertThat(names)
                .isSubsetOf(
                        "PLAIN",
                        "DEPENDENT",
                        "COLOUR",
                        "IP",
                        "PASSWORD",
                        "HOSTNAME",
                        "HOME",
                        "PATH",
                        "JAVA_HOME",
                        "LANG",
                        "KUBERNETES_SERVICE_HOST",
                        "KUBERNETES_SERVICE_PORT",
                        "PWD",
                        "SHLVL",
                        "_");
    }

    @Test
    void mountsVolumesAtTheirTruePathsAndLeavesTheHostUntouched(@TempDir Path host) throws IOException {
        Files.writeString(host.resolve("given"), "from the host");
        create(new PodBuilder(command(
                        "mounts",
                        "cat /data/host/given && echo written > /data/host/back && touch /data/empty/x"
                                + " && ls /data/empty && ! touch /etc/read-only/y 2>/dev/null"
                                + " && cat /var/run/secrets/kubernetes.io/serviceaccount/namespace"))
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("host")
                .withMountPath("/data/host")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("empty")
                .withMountPath("/data/empty")
                .withSubPath("deep/er")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("host")
                .withMountPath("/etc/read-only")
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("host")
                .withNewHostPath(host.toString(), "Directory")
                .endVolume()
                .addNewVolume()
                .withName("empty")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build());

        awaitPhase("mounts", "Succeeded");

        assertThat(log("mounts")).isEqualTo("from the hostx\n" + namespace);
        assertThat(host.resolve("back")).hasContent("written\n");
        assertThat(Path.of("/data/host")).doesNotExist();
        assertThat(Path.of("/etc/read-only")).doesNotExist();
    }

    @Test
    void bindsAClaimToADirectoryThatTwoPodsShare() {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .load(getClass().getResourceAsStream("claim.yaml"))
                .create();
        create(withClaim(command("writer", "echo kept > /claim/file")));
        awaitPhase("writer", "Succeeded");

        create(withClaim(command("reader", "cat /claim/file")));
        awaitPhase("reader", "Succeeded");

        assertThat(log("reader")).isEqualTo("kept\n");
    }

    @Test
    void waitsForAConfigMapThatComesLate() {
        create(new PodBuilder(command("late", "cat /conf/key"))
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("conf")
                .withMountPath("/conf")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("conf")
                .withNewConfigMap()
                .withName("late")
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events("late"))
                        .extracting(Event::getMessage)
                        .contains("MountVolume.SetUp failed for volume \"conf\" : configmap \"late\" not found"));
        assertThat(waitingReason(pod("late").get())).isEqualTo("ContainerCreating");

        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("late")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToData("key", "value")
                        .build())
                .create();

        awaitPhase("late", "Succeeded");
        assertThat(log("late")).isEqualTo("value");
    }

    @Test
    void backsOffFromAnImageThatIsNowhere() {
        Pod pod = new PodBuilder(command("no-image", ""))
                .editSpec()
                .editFirstContainer()
                .withCommand(List.of())
                .withImage("registry.example/team/nothing:1")
                .endContainer()
                .endSpec()
                .build();
        create(pod);

        awaitPod("no-image", seen -> "ErrImagePull".equals(waitingReason(seen)));
        Pod backingOff = awaitPod("no-image", seen -> "ImagePullBackOff".equals(waitingReason(seen)));

        assertThat(backingOff.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(backingOff
                        .getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getWaiting()
                        .getMessage())
                .isEqualTo("Back-off pulling image \"registry.example/team/nothing:1\"");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(eventReasons("no-image")).contains("Pulling", "Failed", "BackOff"));
    }

    @Test
    void letsADeletedPodEndInItsOwnWayAndRemovesIt() {
        create(command("graceful", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.1; done"));
        awaitLog("graceful", "ready");

        pod("graceful").withGracePeriod(20).delete();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(pod("graceful").get()).isNull());
        assertThat(eventReasons("graceful")).contains("Killing");
    }

    @Test
    void killsADeletedPodThatDoesNotEnd() {
        create(command("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.1; done"));
        awaitLog("stubborn", "ready");
        Instant start = Instant.now();

        pod("stubborn").withGracePeriod(1).delete();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(pod("stubborn").get()).isNull());
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void reportsExitCode137ForAProcessKilledFromOutside() {
        String marker = "killed-from-outside-" + namespace;
        create(command("killed", "echo " + marker + "; while :; do sleep 0.1; done"));
        awaitLog("killed", marker);

        ProcessHandle.allProcesses()
                .filter(process -> isShell(process, "echo " + marker))
                .forEach(ProcessHandle::destroyForcibly);

        Pod pod = awaitPhase("killed", "Failed");
        assertThat(terminated(pod).getExitCode()).isEqualTo(137);
        assertThat(terminated(pod).getReason()).isEqualTo("Error");
    }

    @Test
    void servesLogsFromATimeAndTheirLastLines() {
        create(command("logs", "echo one; sleep 2; echo two; echo three"));
        awaitPhase("logs", "Succeeded");
        List<String> lines = pod("logs").usingTimestamps().getLog().lines().toList();
        String secondTime = lines.get(1).substring(0, lines.get(1).indexOf(' '));

        assertThat(lines).hasSize(3).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+\\.\\d{9}Z \\w+"));
        assertThat(pod("logs").sinceTime(secondTime).getLog()).isEqualTo("two\nthree\n");
        assertThat(pod("logs").tailingLines(1).getLog()).isEqualTo("three\n");
        assertThat(pod("logs").limitBytes(5).getLog()).isEqualTo("one\nt");
    }

    @Test
    void resolvesAServiceToThePodsItSelects() {
        create(new PodBuilder(command("server", "sleep 100"))
                .editMetadata()
                .addToLabels("role", "server")
                .endMetadata()
                .build());
        Pod server = awaitPhase("server", "Running");
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("svc")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withClusterIP("None")
                        .addToSelector("role", "server")
                        .addNewPort()
                        .withPort(80)
                        .withProtocol("TCP")
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        create(command("client", "getent hosts svc." + namespace + ".svc | cut -d ' ' -f 1"));

        awaitPhase("client", "Succeeded");
        assertThat(log("client")).isEqualTo(server.getStatus().getPodIP() + "\n");
    }

    @Test
    void keepsAPodRunningWhileTheApiServerIsAway() {
        create(command("survivor", "echo begun; sleep 3; echo over"));
        awaitLog("survivor", "begun");

        cluster.apiServer().pause();
        await().pollDelay(4, SECONDS).until(() -> true);
        cluster.apiServer().resume();

        awaitPhase("survivor", "Succeeded");
        create(command("after", "echo after"));
        awaitPhase("after", "Succeeded");
    }

    @Test
    void leavesAPodThatFitsNoNodePendingAndSaysWhy() {
        create(new PodBuilder(command("big", "true"))
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToRequests("cpu", new Quantity("100"))
                .endResources()
                .endContainer()
                .endSpec()
                .build());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events("big"))
                        .extracting(Event::getReason, Event::getMessage)
                        .contains(tuple("FailedScheduling", "0/1 nodes are available: 1 Insufficient cpu.")));
        assertThat(pod("big").get().getStatus().getConditions()).anySatisfy(condition -> {
            assertThat(condition.getType()).isEqualTo("PodScheduled");
            assertThat(condition.getReason()).isEqualTo("Unschedulable");
        });
    }

    private static boolean isShell(ProcessHandle process, String script) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        return arguments.length == 2 && arguments[0].equals("-c") && arguments[1].startsWith(script);
    }

    private static Pod command(String name, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .withCommand("/bin/sh", "-c", script)
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod withClaim(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("claim")
                .withMountPath("/claim")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("claim")
                .withNewPersistentVolumeClaim("claim", false)
                .endVolume()
                .endSpec()
                .build();
    }

    private void create(Pod pod) {
        client.pods().inNamespace(namespace).resource(pod).create();
    }

    private PodResource pod(String name) {
        return client.pods().inNamespace(namespace).withName(name);
    }

    private String log(String name) {
        return pod(name).getLog();
    }

    private void awaitLog(String name, String text) {
        awaitPhase(name, "Running");
        await().atMost(SOON).untilAsserted(() -> assertThat(log(name)).contains(text));
    }

    private Pod awaitPhase(String name, String phase) {
        return awaitPod(
                name,
                pod -> pod.getStatus() != null && phase.equals(pod.getStatus().getPhase()));
    }

    private Pod awaitPod(String name, Predicate<Pod> condition) {
        return await("pod " + name)
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> pod(name).get(), pod -> pod != null && condition.test(pod));
    }

    private static ContainerStateTerminated terminated(Pod pod) {
        return pod.getStatus().getContainerStatuses().get(0).getState().getTerminated();
    }

    private static String waitingReason(Pod pod) {
        var statuses = pod.getStatus().getContainerStatuses();
        return statuses.isEmpty() || statuses.get(0).getState().getWaiting() == null
                ? null
                : statuses.get(0).getState().getWaiting().getReason();
    }

    private List<Event> events(String podName) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> podName.equals(event.getInvolvedObject().getName()))
                .toList();
    }

    private List<String> eventReasons(String podName) {
        return events(podName).stream().map(Event::getReason).toList();
    }
}
