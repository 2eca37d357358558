package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole logs are kept as files, whatever the output shows of them. */
class LogFilesTest {
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20Z");

    private final MemoryLogFiles files = new MemoryLogFiles();
    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
        cluster.logFiles = files;
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void awaitKept(String... lines) {
        await().untilAsserted(() -> assertThat(files.driver).containsExactly(lines));
    }

    private List<String> shown() {
        synchronized (cluster.output) {
            return cluster.output.stream()
                    .filter(line -> line.startsWith("[driver] | "))
                    .toList();
        }
    }

    @Test
    void keepsAllWhereNothingIsShown() throws Exception {
        cluster.logMode = DriverLogMode.NONE;
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.kubelet.write(SECOND, "one");
        awaitKept("one");
        cluster.kubelet.write(SECOND, "two");
        cluster.driverExits(0);
        cluster.awaitEnd();

        assertThat(files.driver).containsExactly("one", "two");
        assertThat(shown()).isEmpty();
    }

    @Test
    void keepsAllWhereProblemsAreShown() throws Exception {
        cluster.logMode = DriverLogMode.PROGRESS;
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.kubelet.write(SECOND, "26/01/01 00:00:20 INFO A: fine");
        cluster.kubelet.write(SECOND, "26/01/01 00:00:20 WARN A: late");
        cluster.kubelet.write(SECOND, "26/01/01 00:00:20 INFO A: done");
        cluster.driverExits(0);
        cluster.awaitEnd();

        assertThat(files.driver).hasSize(3);
        assertThat(shown()).containsExactly("[driver] | 26/01/01 00:00:20 WARN A: late");
    }

    @Test
    void hidesSecretsInTheFile() throws Exception {
        cluster.mask = SecretMask.of(SparkConf.of(Map.of("spark.ssl.keyPassword", "hunter2hunter2")));
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.kubelet.write(SECOND, "the key is hunter2hunter2");
        cluster.driverExits(0);
        cluster.awaitEnd();

        assertThat(files.driver)
                .singleElement()
                .asString()
                .startsWith("the key is ")
                .doesNotContain("hunter2");
    }

    /** The log of the build is further than the file, which was not written in time. */
    @Test
    void continuesAFileThatIsBehindTheOutput() {
        runWith("one", "two", "three");
        String kept = cluster.keep();
        files.lose(2);
        cluster.kubelet.write(SECOND, "four");

        cluster.resume(kept);
        awaitKept("one", "two", "three", "four");

        cluster.awaitLine("[driver] | four");
        assertThat(shown()).containsExactly("[driver] | four");
    }

    /** The file is further than what the checkpoint says of the output. */
    @Test
    void continuesAnOutputThatIsBehindTheFile() {
        runWith("one");
        String early = cluster.monitor.checkpoint(MonitorCheckpoint::toJson).orElseThrow();
        cluster.kubelet.write(SECOND, "two");
        cluster.awaitLine("[driver] | two");
        cluster.keep();
        cluster.kubelet.write(SECOND, "three");

        cluster.resume(early);
        awaitKept("one", "two", "three");

        cluster.awaitLine("[driver] | three");
        assertThat(shown()).containsExactly("[driver] | two", "[driver] | three");
    }

    private void runWith(String... lines) {
        cluster.startMonitoring();
        cluster.driverRuns();
        for (String line : lines) {
            cluster.kubelet.write(SECOND, line);
        }
        cluster.awaitLine("[driver] | " + lines[lines.length - 1]);
    }

    @Test
    void keepsTheLogOfAnExecutorThatFailsAndShowsItsEnd() {
        cluster.logMode = DriverLogMode.NONE;
        runExecutors(1);
        cluster.kubelet.write(SECOND, "no class Foo");
        cluster.executorExits(1, 1);

        cluster.awaitLine("[executor 1] | no class Foo");
        await().untilAsserted(() -> assertThat(files.executors.get(1L)).contains("no class Foo"));
        assertThat(cluster.output).contains("[executor 1] the last lines of its log:");
    }

    @Test
    void hundredsOfFailingExecutorsCostABoundedNumberOfReads() {
        cluster.logMode = DriverLogMode.NONE;
        int executors = 200;
        runExecutors(executors);
        cluster.kubelet.write(SECOND, "no class Foo");
        LongStream.rangeClosed(1, executors).forEach(id -> cluster.executorExits(id, 1));

        cluster.awaitLine("failed " + executors + ")");
        await().untilAsserted(() -> assertThat(files.executors)
                .hasSize(10)
                .allSatisfy((id, lines) -> assertThat(lines).contains("no class Foo")));
        assertThat(cluster.server.requests().stream()
                        .filter(request -> request.path().contains("/pods/pi-exec-"))
                        .filter(request -> request.path().endsWith("/log")))
                .hasSize(10);
        synchronized (cluster.output) {
            assertThat(cluster.output)
                    .filteredOn(line -> line.contains("] | no class Foo"))
                    .hasSize(1);
        }
    }

    @Test
    void saysOnceThatALogCouldNotBeRead() {
        runExecutors(40);
        cluster.kubelet.lose("unable to retrieve container logs");
        LongStream.rangeClosed(1, 40).forEach(id -> cluster.executorExits(id, 1));

        cluster.awaitLine("failed 40)");
        cluster.awaitLine("its log could not be read");
        await().untilAsserted(() -> assertThat(files.executors).isEmpty());
        synchronized (cluster.output) {
            assertThat(cluster.output)
                    .filteredOn(line -> line.contains("its log could not be read"))
                    .hasSize(1);
        }
    }

    /** Whether its lines are as long as those of JSON, or longer than any that is shown. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 9_000})
    void keepsTheEndOfALongLogAndNoPartOfASecret(int lineLength) {
        String secret = "hunter2-hunter2-hunter2";
        cluster.mask = SecretMask.of(SparkConf.of(Map.of("spark.ssl.keyPassword", secret)));
        cluster.logMode = DriverLogMode.NONE;
        runExecutors(1);
        for (int line = 0; line < 2_100; line++) {
            cluster.kubelet.write(SECOND, (secret + " ").repeat(lineLength / secret.length()));
        }
        cluster.kubelet.write(SECOND, "it died of this");
        cluster.executorExits(1, 1);

        await().untilAsserted(() -> assertThat(files.executors.get(1L)).hasSizeGreaterThan(100));
        boolean isCutNowhere = lineLength < TextSanitizer.MAX_LINE;
        cluster.awaitLine(isCutNowhere ? "[executor 1] | it died of this" : "[executor 1] | ");
        assertThat(files.executors.get(1L).get(0)).startsWith("[spark] This is not the whole log");
        List<String> kept = files.executors.get(1L);
        assertThat(kept.stream().mapToInt(String::length).sum()).isBetween(100_000, 1_100_000);
        assertThat(kept).noneMatch(line -> line.contains("hunter2"));
        synchronized (cluster.output) {
            assertThat(cluster.output).noneMatch(line -> line.contains("hunter2"));
        }
        assertThat(kept.contains("it died of this")).isEqualTo(isCutNowhere);
    }

    private void runExecutors(int executors) {
        cluster.startMonitoring();
        cluster.driverRuns();
        LongStream.rangeClosed(1, executors).forEach(id -> {
            cluster.create(TestPods.executor(id));
            cluster.executorRuns(id);
        });
        cluster.awaitLine("executors: " + executors + " running");
    }
}
