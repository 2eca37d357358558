package io.jenkins.plugins.sparkk8s.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitor;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What one more waiting application costs a process that waits for many, as a controller does.
 *
 * @param heapKib of the heap, after a collection
 * @param threads of the process
 */
record WaitingApplications(double heapKib, double threads) {
    private static final int MANY = 200;
    private static final int SETTLE_SECONDS = 90;

    /** Takes about two minutes: the HTTP client gives its idle threads up after one. */
    static WaitingApplications measure(KubernetesApiServer server) throws InterruptedException {
        ScheduledExecutorService scheduler = MonitorScheduler.create(MonitorScheduler.DEFAULT_THREADS);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(server.clientConfig()).build()) {
            IntStream.range(0, MANY).forEach(i -> create(client, "waiting-" + i));
            PodWatchHub hub = new PodWatchHub(scheduler);
            ApplicationMonitor first = watch(client, "waiting-0", hub, scheduler);
            settle();
            WaitingApplications one = now();
            ApplicationMonitor[] others = IntStream.range(1, MANY)
                    .mapToObj(i -> watch(client, "waiting-" + i, hub, scheduler))
                    .toArray(ApplicationMonitor[]::new);
            settle();
            WaitingApplications all = now();
            first.stop();
            for (ApplicationMonitor other : others) {
                other.stop();
            }
            return new WaitingApplications(
                    (all.heapKib() - one.heapKib()) / others.length, (all.threads() - one.threads()) / others.length);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static void create(KubernetesClient client, String name) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("spark-app-selector", name)
                .addToLabels("spark-role", "driver")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("spark-kubernetes-driver")
                .withImage("spark:4.1.1")
                .endContainer()
                .endSpec()
                .build();
        client.pods().resource(pod).create();
    }

    private static ApplicationMonitor watch(
            KubernetesClient client, String name, PodWatchHub hub, ScheduledExecutorService scheduler) {
        ApplicationMonitor monitor = ApplicationMonitor.builder(
                        client,
                        new MonitoredApplication("default", name, name, name, null),
                        SparkConf.of(Map.of()),
                        line -> {})
                .scheduler(scheduler)
                .hub(hub)
                .build();
        monitor.start();
        return monitor;
    }

    private static void settle() throws InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        System.gc();
    }

    private static WaitingApplications now() {
        return new WaitingApplications(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0,
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
