package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how a driver's log is followed: {@code LogFollowingBench [MB/s] [seconds]}, with the ordinary timings. All runs in
 * this process, the API server and the kubelet included.
 */
public final class LogFollowingBench {
    private static final String TEXT = "26/01/01 00:00:00 INFO TaskSetManager: Starting task " + "x".repeat(60);

    private LogFollowingBench() {}

    public static void main(String[] args) throws Exception {
        double megabytes = args.length > 0 ? Double.parseDouble(args[0]) : 10;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        ScheduledExecutorService scheduler = MonitorScheduler.create(4);
        AtomicLong shownLines = new AtomicLong();
        AtomicLong shownBytes = new AtomicLong();
        try (KubernetesApiServer server =
                        KubernetesApiServer.builder().tls(false).start();
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(server.clientConfig())
                        .build();
                TestKubelet kubelet = new TestKubelet()) {
            kubelet.register(client);
            String uid = client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .resource(TestPods.driver().build())
                    .create()
                    .getMetadata()
                    .getUid();
            ApplicationMonitor monitor = ApplicationMonitor.builder(
                            client,
                            new MonitoredApplication(
                                    TestPods.NAMESPACE, TestPods.APPLICATION_ID, "pi", "pi-driver", uid),
                            SparkConf.empty(),
                            new Counting(shownLines, shownBytes))
                    .scheduler(scheduler)
                    .build();
            CompletableFuture<ApplicationSummary> end = monitor.start();
            client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .withName("pi-driver")
                    .editStatus(TestPods.status("Running", TestPods.running(TestPods.DRIVER_CONTAINER)));
            long start = System.nanoTime();
            long written = write(kubelet, megabytes, seconds, start);
            double lagging = written - shownBytes.get();
            kubelet.end();
            client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .withName("pi-driver")
                    .editStatus(TestPods.status("Succeeded", TestPods.terminated(TestPods.DRIVER_CONTAINER, 0)));
            end.join();
            double took = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "written %.1f MB in %d s; behind at the end %.1f MB; all shown after %.1f s (%.1f MB/s); lines missing %d; bytes sent / written %.2f%n",
                    written / 1e6,
                    seconds,
                    lagging / 1e6,
                    took,
                    shownBytes.get() / 1e6 / took,
                    written / (TEXT.length() + 40L) - shownLines.get(),
                    (double) kubelet.bytesSent() / written);
        } finally {
            scheduler.shutdownNow();
        }
    }

    /** @return the bytes, with timestamps as the kubelet sends them */
    private static long write(TestKubelet kubelet, double megabytes, int seconds, long start) {
        int lineBytes = TEXT.length() + 40;
        long lines = (long) (megabytes * 1e6 * seconds / lineBytes);
        for (long line = 0; line < lines; line++) {
            if (line % 500 == 0) {
                long due = start + (long) (line * lineBytes / (megabytes * 1e6) * 1e9);
                LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            }
            kubelet.write(Instant.now(), "%s%08d".formatted(TEXT, line));
        }
        return lines * lineBytes;
    }

    private record Counting(AtomicLong lines, AtomicLong bytes) implements ApplicationOutput {
        @Override
        public void line(String text) {
            System.out.println(text);
        }

        @Override
        public void logLine(String text, LogCursor reached) {
            if (text.startsWith("[driver] | ")) {
                lines.incrementAndGet();
                bytes.addAndGet(text.length() + 29L);
            } else {
                line(text);
            }
        }
    }
}
