package io.jenkins.plugins.sparkk8s.localcluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a pod on the kubelet. */
class ProcessKubeletTest extends KubeletCase {
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
        await().untilAsserted(() -> assertThat(eventReasons("first"))
                .containsExactlyInAnyOrder("Scheduled", "Pulled", "Created", "Started"));
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
        await().untilAsserted(() -> assertThat(eventReasons("no-image")).contains("Pulling", "Failed", "BackOff"));
    }

    @Test
    void letsADeletedPodEndInItsOwnWayAndRemovesIt() {
        create(command("graceful", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.1; done"));
        awaitLog("graceful", "ready");

        pod("graceful").withGracePeriod(20).delete();

        await().untilAsserted(() -> assertThat(pod("graceful").get()).isNull());
        assertThat(eventReasons("graceful")).contains("Killing");
    }

    @Test
    void killsADeletedPodThatDoesNotEnd() {
        create(command("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.1; done"));
        awaitLog("stubborn", "ready");
        Instant start = Instant.now();

        pod("stubborn").withGracePeriod(1).delete();

        await().untilAsserted(() -> assertThat(pod("stubborn").get()).isNull());
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
    void keepsAPodRunningWhileTheApiServerIsUnreachable() {
        TestedCluster.assumeFaults();
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

        await().untilAsserted(() -> assertThat(events("big"))
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
}
