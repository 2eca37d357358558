package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver's log is shown whole, or one line says what is missing and how to read it. */
class ApplicationMonitorLogTest {
    private static final RequestMatch LOG = RequestMatch.of("get", "pods/log");
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20Z");
    private static final String COMMAND =
            "kubectl logs --namespace=default pi-driver --container=spark-kubernetes-driver";
    private static final int ALWAYS = 100_000;

    private final List<Throwable> deathsOfThreads = new CopyOnWriteArrayList<>();
    private final Thread.UncaughtExceptionHandler ordinary = Thread.getDefaultUncaughtExceptionHandler();
    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> deathsOfThreads.add(failure));
        cluster = new MonitoredCluster();
        cluster.startMonitoring();
        cluster.awaitWatches();
    }

    @AfterEach
    void stop() {
        cluster.close();
        Thread.setDefaultUncaughtExceptionHandler(ordinary);
        assertThat(deathsOfThreads).as("what standard error would show").isEmpty();
    }

    private void write(int from, int to) {
        for (int line = from; line < to; line++) {
            cluster.kubelet.write(SECOND.plusNanos(line * 1_000L), "line " + line);
        }
    }

    private void writeAndShow(int to) {
        cluster.driverRuns();
        write(0, to);
        cluster.awaitLine("[driver] | line " + (to - 1));
    }

    private List<String> shown() {
        return cluster.output.stream()
                .filter(line -> line.startsWith("[driver] | "))
                .map(line -> line.substring("[driver] | ".length()))
                .toList();
    }

    private List<String> aboutTheLog() {
        return cluster.output.stream()
                .filter(line -> line.startsWith("[spark]") && line.contains("the driver's log"))
                .toList();
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(line -> "line " + line).toList();
    }

    @Test
    void showsEveryLineOfADriverThatWritesMuchAndEnds() throws Exception {
        write(0, 300_000);
        cluster.driverRuns();
        cluster.driverExits(0);

        assertThat(cluster.awaitEnd().result().isSuccess()).isTrue();
        assertThat(shown()).isEqualTo(lines(0, 300_000));
        assertThat(aboutTheLog()).isEmpty();
    }

    @Test
    void followsALogWithoutReadingItTwice() throws Exception {
        cluster.driverRuns();
        String text = "x".repeat(1000);
        for (int line = 0; line < 20_000; line++) {
            cluster.kubelet.write(SECOND.plusMillis(line), line + text);
            if (line % 4000 == 0) {
                cluster.awaitLine("[driver] | " + line + "x");
            }
        }
        cluster.awaitLine("[driver] | 19999x");
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).hasSize(20_000).doesNotHaveDuplicates();
        assertThat(cluster.kubelet.bytesSent()).isLessThan(2L * 20_000 * 1030);
        assertThat(aboutTheLog()).isEmpty();
    }

    @Test
    void readsAQuietLogRarely() throws Exception {
        writeAndShow(1);
        await().until(() -> logRequests() > 5);
        long before = cluster.kubelet.bytesSent();
        cluster.kubelet.write(SECOND.plusSeconds(9), "news");
        cluster.awaitLine("[driver] | news");

        assertThat(cluster.kubelet.bytesSent() - before).isLessThan(2000);
    }

    private long logRequests() {
        return cluster.server.requests().stream()
                .filter(request -> request.path().endsWith("/pi-driver/log"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 500, 503})
    void saysThatNoLineCouldBeRead(int code) throws Exception {
        cluster.server.faults().answer(ALWAYS, LOG, code);
        cluster.driverRuns();
        write(0, 3);
        cluster.driverExits(0);

        assertThat(cluster.awaitEnd().result().isSuccess()).isTrue();
        assertThat(shown()).isEmpty();
        assertThat(aboutTheLog())
                .last()
                .asString()
                .contains("no line of the driver's log could be read", String.valueOf(code), COMMAND);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500})
    void saysSinceWhenLinesAreMissing(int code) throws Exception {
        writeAndShow(3);
        cluster.server.faults().answer(ALWAYS, LOG, code);
        cluster.kubelet.end();
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(aboutTheLog())
                .last()
                .asString()
                .contains(
                        "lines of the driver's log after 2026-01-01T00:00:20.000002Z may be missing",
                        "" + code,
                        COMMAND);
    }

    /** In the words of an API server whose kubelet is not there any more. */
    @Test
    void missingNodeIsNotTakenForAMissingDriver() throws Exception {
        cluster.server.faults().answer(2, LOG, 404, "pods \"n1\" not found", 0);
        cluster.driverRuns();
        write(0, 3);
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).isEqualTo(lines(0, 3));
        assertThat(aboutTheLog()).isEmpty();
    }

    @Test
    void showsWhatItCouldNotReadBeforeWhenItMayReadAgain() throws Exception {
        cluster.server.faults().answer(2, LOG, 403);
        cluster.driverRuns();
        write(0, 3);
        cluster.awaitLine("[spark] the driver's log is not shown: 403");
        cluster.awaitLine("[driver] | line 2");
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).isEqualTo(lines(0, 3));
        assertThat(aboutTheLog()).hasSize(1);
    }

    @Test
    void aLogThatIsNeverAnsweredDelaysTheEndByABoundOnly() throws Exception {
        cluster.server.faults().stall(ALWAYS, LOG);
        cluster.driverRuns();
        write(0, 3);
        cluster.driverExits(0);

        assertThat(cluster.awaitEnd().result().isSuccess()).isTrue();
        assertThat(aboutTheLog())
                .singleElement()
                .asString()
                .contains("no line of the driver's log could be read: no byte came for 5 s", COMMAND);
    }

    @Test
    void losesAndRepeatsNothingWhenReadsAreCutInTheMiddle() throws Exception {
        cluster.driverRuns();
        cluster.server.faults().cutBody(5, LOG);
        write(0, 2000);
        cluster.awaitLine("[driver] | line 1999");
        cluster.server.faults().cutBody(2, LOG);
        write(2000, 5000);
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).isEqualTo(lines(0, 5000));
        assertThat(aboutTheLog()).isEmpty();
    }

    @Test
    void saysThatTheLogWasRotated() throws Exception {
        writeAndShow(3);
        cluster.server.pause();
        write(3, 5);
        cluster.kubelet.rotate();
        write(5, 8);
        cluster.server.resume();
        cluster.awaitLine("[driver] | line 7");
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).isEqualTo(concat(lines(0, 3), lines(5, 8)));
        assertThat(aboutTheLog())
                .singleElement()
                .asString()
                .contains("between 2026-01-01T00:00:20.000002Z and 2026-01-01T00:00:20.000005Z", "rotated", COMMAND);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Test
    void cutsAHugeLineAndShowsTheNext() throws Exception {
        cluster.driverRuns();
        write(0, 1);
        cluster.kubelet.write(SECOND.plusNanos(2_000), "ä".repeat(5_000_000));
        write(3, 4);
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).hasSize(3).first().isEqualTo("line 0");
        assertThat(shown().get(1))
                .startsWith("ää")
                .matches("ä+… \\(99\\d{5} more characters\\)")
                .hasSizeLessThan(9000);
        assertThat(shown().get(2)).isEqualTo("line 3");
    }

    @Test
    void followsALogWhoseFirstLineIsHuge() throws Exception {
        cluster.driverRuns();
        cluster.kubelet.write(SECOND, "x".repeat(500_000));
        write(1, 2);
        cluster.awaitLine("[driver] | line 1");
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).hasSize(2);
    }

    @Test
    void ofAProgressBarTheLastStateIsShown() throws Exception {
        cluster.driverRuns();
        cluster.kubelet.write(SECOND, "before\r");
        cluster.kubelet.write(SECOND.plusNanos(1), "[>  ] 1 of 3\r[=> ] 2 of 3\r[==>] 3 of 3");
        cluster.kubelet.write(SECOND.plusNanos(2), "[>  ] 1 of 3\r            \rafter\r");
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).containsExactly("before", "[==>] 3 of 3", "after");
    }

    @Test
    void repeatsWhatTheKubeletSaysInsteadOfALog() throws Exception {
        writeAndShow(3);
        cluster.kubelet.lose("unable to retrieve container logs for containerd://4711");
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(shown()).isEqualTo(lines(0, 3));
        assertThat(aboutTheLog())
                .singleElement()
                .asString()
                .contains("may be missing: the kubelet answered: unable to retrieve container logs", COMMAND);
    }

    @Test
    void showsTheEndOfTheLogOfTheInitContainerThatFailed() throws Exception {
        cluster.close();
        cluster = new MonitoredCluster();
        cluster.startMonitoring(TestPods.driver()
                .editSpec()
                .addNewInitContainer()
                .withName("fetch")
                .withImage("fetch")
                .endInitContainer()
                .endSpec());
        write(0, 30);
        cluster.kubelet.end();
        cluster.status(
                "pi-driver",
                pod -> new PodBuilder(TestPods.status(
                                        "Failed", TestPods.waiting(TestPods.DRIVER_CONTAINER, "PodInitializing", null))
                                .apply(pod))
                        .editStatus()
                        .withInitContainerStatuses(TestPods.terminated("fetch", 4, "Error", "no such bucket"))
                        .endStatus()
                        .build());

        assertThat(cluster.awaitEnd().result().details())
                .hasSize(21)
                .startsWith("no such bucket", "line 10")
                .endsWith("line 29");
        assertThat(shown()).isEmpty();
    }

    @Test
    void saysWhenTheLogWentWithThePod() throws Exception {
        writeAndShow(3);
        cluster.kubelet.end();
        cluster.delete("pi-driver");

        cluster.awaitEnd();
        assertThat(aboutTheLog())
                .singleElement()
                .asString()
                .contains(
                        "may be missing: the driver pod has been deleted (404)",
                        "only where the cluster collects logs");
    }
}
