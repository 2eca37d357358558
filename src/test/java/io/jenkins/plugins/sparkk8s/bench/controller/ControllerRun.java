package io.jenkins.plugins.sparkk8s.bench.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The process of the controller: monitors some applications, first quiet, then with changes, through an outage and a restart,
 * and prints a line for each {@link Figure}.
 */
public final class ControllerRun {
    private static final int WARM_UP_SECONDS = 5;
    private static final int SETTLE_SECONDS = 15;
    /** After it only what is never reported is missing. */
    private static final int LONGEST_WAIT_SECONDS = 60;

    private static final int BACK_SECONDS = 10;
    private static final long POLL_MILLIS = 20;
    private static final double MILLI = 1000;
    private static final double SECOND = 1_000_000;

    private final RunSettings settings;
    private final ServerProcess server;
    private final KubernetesClient client;
    private final Path checkpoints;
    private final PrintedLines lines = new PrintedLines();
    private final List<Controller.Monitoring> monitored = new ArrayList<>();
    private Controller controller;

    private ControllerRun(RunSettings settings, ServerProcess server, KubernetesClient client, Path checkpoints) {
        this.settings = settings;
        this.server = server;
        this.client = client;
        this.checkpoints = checkpoints;
        this.controller = new Controller(checkpoints, lines::accept);
    }

    /** @param args as of {@link RunSettings} */
    public static void main(String[] args) throws IOException, InterruptedException {
        RunSettings settings = RunSettings.of(args);
        Path checkpoints = Files.createTempDirectory("controller-bench");
        try (ServerProcess server =
                        new ServerProcess(settings.scenario().server(settings.applications(), settings.executors()));
                KubernetesClient client = Controller.client(server.port());
                KubernetesClient silent = Controller.client(server.silentPort())) {
            new ControllerRun(settings, server, client, checkpoints).run(silent);
        } finally {
            try (Stream<Path> files = Files.walk(checkpoints)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        System.exit(0);
    }

    private static void print(Figure figure, double value) {
        System.out.println(figure + " " + value);
    }

    private static void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }

    /** @return whether it became zero in time */
    private static boolean awaitZero(LongSupplier rest) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (rest.getAsLong() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return rest.getAsLong() <= 0;
    }

    private void run(KubernetesClient silent) throws IOException, InterruptedException {
        for (int i = 0; i < settings.scenario().silent(); i++) {
            monitored.add(controller.monitor(silent, settings.applications() + i));
        }
        double heapBefore = start();
        pause(SETTLE_SECONDS);
        idle();
        lines.forgetLogLines();
        print(Figure.HEAP, (Usage.heapKilobytes() - heapBefore) / (settings.applications() - 1));
        changes();
        if (settings.outageSeconds() > 0) {
            outage();
        }
        resume();
        stop();
    }

    private void stop() {
        monitored.forEach(Controller.Monitoring::stop);
        monitored.clear();
        controller.close();
    }

    /** @return the heap with the first application alone, in KB: what all share counts for none of them */
    private double start() throws InterruptedException {
        monitored.add(controller.monitor(client, 0));
        pause(WARM_UP_SECONDS);
        double heap = Usage.heapKilobytes();
        long begin = Stamps.now();
        monitorFrom(1);
        long expected = (long) settings.applications() * settings.executors();
        boolean all = awaitZero(() -> expected - lines.executorLines());
        print(Figure.STARTED, all ? (Stamps.now() - begin) / SECOND : Double.NaN);
        return heap;
    }

    private void monitorFrom(int first) {
        for (int application = first; application < settings.applications(); application++) {
            monitored.add(controller.monitor(client, application));
        }
    }

    private void idle() throws IOException, InterruptedException {
        long begin = Stamps.now();
        Usage before = Usage.now(server);
        pause(settings.seconds());
        Usage after = Usage.now(server);
        print(Figure.THREADS, Usage.threads());
        print(Figure.CONNECTIONS, Usage.connections());
        print(Figure.IDLE_CPU, after.cpuSince(before));
        print(Figure.IDLE_COMPILER, after.compilerSince(before));
        print(Figure.IDLE_REQUESTS, after.allPerSecondSince(before));
        print(Figure.IDLE_DRIVER, after.perSecondSince(before, RequestKind.DRIVER));
        print(Figure.IDLE_LIST, after.perSecondSince(before, RequestKind.LIST));
        print(Figure.IDLE_WATCH, after.perSecondSince(before, RequestKind.WATCH));
        print(Figure.IDLE_LOG, after.perSecondSince(before, RequestKind.LOG));
        print(Figure.IDLE_PROGRESS, after.perSecondSince(before, RequestKind.PROGRESS));
        print(Figure.IDLE_SENT, after.kilobytesPerSecondSince(before));
        if (settings.scenario().isChatty()) {
            long[] delays = lines.logDelays(begin);
            print(Figure.LOG_P50, PrintedLines.percentile(delays, 0.5) / MILLI);
            print(Figure.LOG_P99, PrintedLines.percentile(delays, 0.99) / MILLI);
        }
    }

    private void changes() throws IOException, InterruptedException {
        server.send("rate " + settings.rate());
        pause(WARM_UP_SECONDS);
        long begin = Stamps.now();
        Usage before = Usage.now(server);
        pause(settings.seconds());
        Usage after = Usage.now(server);
        print(Figure.BUSY_CPU, after.cpuSince(before));
        print(Figure.BUSY_REQUESTS, after.allPerSecondSince(before));
        print(Figure.BUSY_THREADS, Usage.threads());
        print(Figure.MISSING, missingInTheEnd());
        long[] delays = lines.changeDelays(begin);
        print(Figure.CHANGE_P50, PrintedLines.percentile(delays, 0.5) / MILLI);
        print(Figure.CHANGE_P99, PrintedLines.percentile(delays, 0.99) / MILLI);
    }

    /** Ends the changes. */
    private long missingInTheEnd() throws IOException, InterruptedException {
        server.send("rate 0");
        long[] stamps = server.stamps().toArray();
        awaitZero(() -> lines.missing(LongStream.of(stamps)));
        return lines.missing(LongStream.of(stamps));
    }

    /** Pods keep changing while the server is unreachable. */
    private void outage() throws IOException, InterruptedException {
        server.send("rate " + settings.rate());
        pause(WARM_UP_SECONDS);
        long begin = Stamps.now();
        server.send("down");
        Usage down = Usage.now(server);
        pause(settings.outageSeconds());
        Usage up = Usage.now(server);
        long end = Stamps.now();
        server.send("up");
        pause(BACK_SECONDS);
        Usage back = Usage.now(server);
        print(Figure.OUTAGE_CPU, up.cpuSince(down));
        print(Figure.BACK_REQUESTS, back.allPerSecondSince(up));
        print(Figure.BACK_CPU, back.cpuSince(up));
        print(Figure.BACK_MISSING, missingInTheEnd());
        print(Figure.BACK_CAUGHT_UP, (PrintedLines.percentile(lines.linesOf(begin, end), 1) - end) / SECOND);
    }

    /** One executor of each application is replaced while no controller is there. */
    private void resume() throws IOException, InterruptedException {
        stop();
        long replaced = Stamps.now();
        server.send("replace");
        long[] stamps = server.stamps().filter(stamp -> stamp >= replaced).toArray();
        controller = new Controller(checkpoints, lines::accept);
        Usage before = Usage.now(server);
        long begin = Stamps.now();
        monitorFrom(0);
        awaitZero(() -> lines.missing(LongStream.of(stamps)));
        Usage after = Usage.now(server);
        long[] came = lines.linesOf(replaced, begin);
        print(Figure.RESUME_P50, (PrintedLines.percentile(came, 0.5) - begin) / SECOND);
        print(Figure.RESUME_LAST, (PrintedLines.percentile(came, 1) - begin) / SECOND);
        print(Figure.RESUME_REQUESTS, after.allPerSecondSince(before) * after.secondsSince(before));
        print(Figure.RESUME_MISSING, lines.missing(LongStream.of(stamps)));
    }
}
