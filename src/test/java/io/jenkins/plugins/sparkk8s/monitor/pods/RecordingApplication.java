package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.monitor.MonitoredCluster;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** One application, and what it received. */
final class RecordingApplication implements PodSubscriber {
    private final KubernetesClient client;
    private final String id;
    final List<String> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow;
    final PodSubscription subscription;

    /**
     * @param polls longest time between two lists
     * @param slow is waited for before each change is taken
     */
    RecordingApplication(KubernetesClient client, PodWatchHub hub, String id, Duration polls, CountDownLatch slow) {
        this.client = client;
        this.id = id;
        this.slow = slow;
        MonitorContext context = new MonitorContext(
                new MonitoredApplication(TestPods.NAMESPACE, id, id, id + "-driver", null),
                hub.mailbox(),
                new EventLines(line -> {}, SecretMask.none(), Clock.systemUTC()),
                Clock.systemUTC(),
                MonitoredCluster.FAST);
        subscription = hub.subscribe(client, context, new PodSubscription.Polls(polls, false), this);
        subscription.start();
    }

    void create(long executor) {
        client.pods()
                .inNamespace(TestPods.NAMESPACE)
                .resource(TestPods.executor(executor)
                        .editMetadata()
                        .withName(name(executor))
                        .addToLabels(Labels.APPLICATION, id)
                        .endMetadata()
                        .build())
                .create();
    }

    void delete(long executor) {
        client.pods()
                .inNamespace(TestPods.NAMESPACE)
                .withName(name(executor))
                .withGracePeriod(0)
                .delete();
    }

    private String name(long executor) {
        return id + "-exec-" + executor;
    }

    void awaitReceived(String... what) {
        await().untilAsserted(() -> assertThat(received).containsExactly(what));
    }

    void awaitCount(String what, int least) {
        await().until(() -> received.stream().filter(what::equals).count() >= least);
    }

    @Override
    public void listed(List<Pod> pods, String version) {
        receive("listed "
                + pods.stream().map(pod -> pod.getMetadata().getName()).toList());
    }

    @Override
    public void changed(Pod pod) {
        receive("changed " + pod.getMetadata().getName());
    }

    @Override
    public void deleted(Pod pod) {
        receive("deleted " + pod.getMetadata().getName());
    }

    @Override
    public void failed(RuntimeException cause) {
        receive("failed");
    }

    @Override
    public void unreachable(RuntimeException cause) {
        receive("unreachable");
    }

    @Override
    public void answered() {
        receive("answered");
    }

    @Override
    public void watchRefused(RuntimeException cause) {
        receive("watch refused");
    }

    private void receive(String what) {
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        received.add(what);
    }
}
