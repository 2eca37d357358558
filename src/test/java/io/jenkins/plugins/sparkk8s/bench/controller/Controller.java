package io.jenkins.plugins.sparkk8s.bench.controller;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.BuildLogFiles;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogFolder;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitor;
import io.jenkins.plugins.sparkk8s.monitor.CheckpointTimer;
import io.jenkins.plugins.sparkk8s.monitor.MonitorCheckpoint;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.log.LogRequests;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import io.jenkins.plugins.sparkk8s.monitor.progress.UiRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Monitors applications as the plugin does: shared threads, one hub, logs kept as files, a checkpoint in a file each second that had lines.
 * The only class of the bench that knows the monitor.
 */
final class Controller implements AutoCloseable {
    private static final Duration SAVE_DELAY = Duration.ofSeconds(1);

    private final ScheduledExecutorService scheduler = MonitorScheduler.create(MonitorScheduler.DEFAULT_THREADS);
    private final PodWatchHub hub = new PodWatchHub(scheduler);
    private final LogRequests logRequests = new LogRequests();
    private final UiRequests uiRequests = new UiRequests();
    private final Path checkpoints;
    private final Consumer<String> lines;

    /**
     * @param checkpoints folder of the checkpoints; applications that have one resume from it
     * @param lines takes the lines of all applications, called by several threads at a time
     */
    Controller(Path checkpoints, Consumer<String> lines) {
        this.checkpoints = checkpoints;
        this.lines = lines;
    }

    /** With the client's settings as the plugin makes them. */
    static KubernetesClient client(int port) {
        Config config = Config.empty();
        config.setMasterUrl("http://127.0.0.1:" + port);
        config.setNamespace(BenchPod.NAMESPACE);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new OkHttpClientFactory())
                .build();
    }

    Monitoring monitor(KubernetesClient client, int application) {
        return new Monitoring(client, application);
    }

    /** The applications are to be stopped before. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    /** One application, from now on until it is stopped. */
    final class Monitoring {
        private final Path file;
        private final ApplicationMonitor monitor;
        private final CheckpointTimer saving;
        private final BuildLogFiles logs;
        private final AtomicLong written = new AtomicLong();
        private long saved;

        private Monitoring(KubernetesClient client, int application) {
            String id = BenchPod.applicationId(application);
            file = checkpoints.resolve(id);
            saving = new CheckpointTimer(scheduler, SAVE_DELAY, this::save);
            logs = new BuildLogFiles(
                    new LogFolder(checkpoints.resolve(id + "-logs")), scheduler, this::line, saving::changed);
            monitor = ApplicationMonitor.builder(
                            client,
                            new MonitoredApplication(
                                    BenchPod.NAMESPACE, id, "nightly-report", BenchPod.driverName(application), null),
                            SparkConf.of(Map.of()),
                            this::line)
                    .scheduler(scheduler)
                    .hub(hub)
                    .logRequests(logRequests)
                    .uiRequests(uiRequests)
                    .logFiles(logs)
                    .checkpoint(earlier())
                    .build();
            monitor.start();
        }

        private void line(String text) {
            written.incrementAndGet();
            saving.changed();
            lines.accept(text);
        }

        private MonitorCheckpoint earlier() {
            try {
                return Files.exists(file) ? MonitorCheckpoint.fromJson(Files.readString(file)) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private synchronized void save() {
            if (logs.areDue()) {
                logs.flush();
            }
            if (logs.haveUnwritten()) {
                saving.changed();
            }
            long now = written.get();
            if (now != saved) {
                monitor.checkpoint(MonitorCheckpoint::toJson).ifPresent(this::write);
                saved = now;
            }
        }

        private void write(String checkpoint) {
            try {
                Files.writeString(file, checkpoint);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void stop() {
            saving.close();
            monitor.stop();
            logs.flush();
            save();
        }
    }
}
