package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.TestTimeouts;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API server that accepts connections and never answers costs its own applications only. */
class SilentServerTest {
    private static final int APPLICATIONS = 20;

    private final List<String> silentLines = new ArrayList<>();
    private final List<ApplicationMonitor> silentMonitors = new ArrayList<>();
    private MonitoredCluster healthy;
    private ScheduledExecutorService scheduler;
    private ServerSocket silent;
    private KubernetesClient silentClient;

    @BeforeEach
    void start() throws IOException {
        healthy = new MonitoredCluster();
        scheduler = healthy.scheduler;
        // No thread accepts, but the kernel does.
        silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                .build();
        silentClient = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() throws IOException {
        silentMonitors.forEach(ApplicationMonitor::stop);
        silent.close();
        silentClient.close();
        healthy.close();
    }

    private ApplicationMonitor monitorOnSilentServer(int number) {
        String name = "silent-" + number;
        ApplicationMonitor monitor = ApplicationMonitor.builder(
                        silentClient,
                        new MonitoredApplication("namespace-" + number, name, name, name, null),
                        SparkConf.of(Map.of()),
                        this::addSilentLine)
                .scheduler(scheduler)
                .hub(healthy.hub)
                .timings(MonitorTimings.builder().build())
                .build();
        monitor.start();
        return monitor;
    }

    private synchronized void addSilentLine(String line) {
        silentLines.add(line);
    }

    private synchronized List<String> silentLines() {
        return List.copyOf(silentLines);
    }

    @Test
    void leavesTimersAndTheEndOfApplicationsElsewhereOnTime() throws Exception {
        for (int i = 0; i < APPLICATIONS; i++) {
            silentMonitors.add(monitorOnSilentServer(i));
        }
        AtomicLong ticks = new AtomicLong();
        AtomicLong latest = new AtomicLong();
        long start = System.nanoTime();
        scheduler.scheduleAtFixedRate(
                () -> latest.accumulateAndGet(
                        System.nanoTime() - start - TimeUnit.SECONDS.toNanos(ticks.incrementAndGet()), Math::max),
                1,
                1,
                TimeUnit.SECONDS);

        healthy.startMonitoring();
        healthy.awaitWatches();
        healthy.driverRuns();
        healthy.awaitLine("Running on node-1");
        healthy.driverExits(0);

        assertThat(healthy.end).succeedsWithin(TestTimeouts.SOON);
        await().until(() -> ticks.get() >= 5);
        assertThat(Duration.ofNanos(latest.get())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void isReportedToItsOwnApplicationsAndStoppedAtOnce() {
        silentMonitors.add(monitorOnSilentServer(1));
        PodWatchHub other = new PodWatchHub(
                scheduler,
                MonitorTimings.builder().answer(Duration.ofMillis(300)).build());
        ApplicationMonitor impatient = ApplicationMonitor.builder(
                        silentClient,
                        new MonitoredApplication("default", "a", "a", "a", null),
                        SparkConf.of(Map.of()),
                        this::addSilentLine)
                .scheduler(scheduler)
                .hub(other)
                .build();
        silentMonitors.add(impatient);
        impatient.start();

        await().untilAsserted(() -> assertThat(silentLines())
                .anyMatch(line -> line.startsWith("[spark] the API server cannot be reached")));
        long start = System.nanoTime();
        silentMonitors.forEach(ApplicationMonitor::stop);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
