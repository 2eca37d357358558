package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.TaskTimes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Event logs as Spark writes them, whole, broken off and hostile. */
class EventLogTest {
    private static final String APP = "spark-1";
    private static final String DIR = "hdfs://nn/events";
    private static final String ROLLED = DIR + "/eventlog_v2_" + APP + "/";
    private static final String END = "{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":90000}";

    private final MemoryFiles files = new MemoryFiles();

    private Optional<EventLogFigures> read() throws IOException {
        return EventLog.read(files, DIR, APP);
    }

    private static String task(int stage, long millis, String reason, String metrics) {
        return "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":%d,\"Stage Attempt ID\":0,\"Task Type\":\"ResultTask\",\"Task End Reason\":{\"Reason\":\"%s\",\"Stack Trace\":[{\"Line Number\":3}]},\"Task Info\":{\"Task ID\":1,\"Launch Time\":1000,\"Finish Time\":%d,\"Accumulables\":[{\"ID\":1,\"Value\":\"x\"}]},\"Task Executor Metrics\":{\"JVMHeapMemory\":100,\"JVMOffHeapMemory\":7},\"Task Metrics\":%s}"
                .formatted(stage, reason, 1000 + millis, metrics);
    }

    private static String task(int stage, long millis) {
        return task(
                stage,
                millis,
                "Success",
                "{\"JVM GC Time\":2,\"Disk Bytes Spilled\":4,\"Shuffle Read Metrics\":{\"Remote Bytes Read\":8,\"Local Bytes Read\":16},\"Shuffle Write Metrics\":{\"Shuffle Bytes Written\":32},\"Input Metrics\":{\"Bytes Read\":64,\"Records Read\":1},\"Output Metrics\":{\"Bytes Written\":128}}");
    }

    private static String stageCompleted(int stage) {
        return "{\"Event\":\"SparkListenerStageCompleted\",\"Stage Info\":{\"Stage ID\":%d,\"Stage Attempt ID\":0,\"RDD Info\":[{\"RDD ID\":1}]}}"
                .formatted(stage);
    }

    private static byte[] zstd(String text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(compressed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    @Test
    void addsUpWhatTheTasksDid() throws Exception {
        files.with(
                DIR + "/" + APP,
                "{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"4.2.0\"}",
                "{\"Event\":\"SparkListenerExecutorAdded\",\"Timestamp\":1,\"Executor ID\":\"1\",\"Executor Info\":{\"Host\":\"h\"}}",
                "{\"Event\":\"SparkListenerEnvironmentUpdate\",\"Spark Properties\":{\"Event\":\"SparkListenerTaskEnd\"}}",
                task(0, 100),
                task(0, 200),
                task(0, 50, "ExceptionFailure", "{\"JVM GC Time\":1}"),
                task(0, 50, "TaskKilled", "null"),
                task(0, 50, "Resubmitted", "{\"JVM GC Time\":1000}"),
                stageCompleted(0),
                END);

        EventLogFigures figures = read().orElseThrow();

        assertThat(figures.complete()).isTrue();
        assertThat(figures.totals())
                .isEqualTo(new ExecutorTotals(Instant.ofEpochMilli(90_000), 1, 2, 2, 450, 5, 128, 48, 64, 100));
        assertThat(figures.stages().data()).isEqualTo(new StageData(128, 256, 48, 64, 8));
    }

    @Test
    void findsTheMostSkewedStage() throws Exception {
        String[] lines = new String[210];
        Arrays.setAll(lines, i -> task(i / 100, i == 150 ? 60_000 : 1_000));
        lines[200] = stageCompleted(1);
        files.with(DIR + "/" + APP, lines);

        TaskTimes skew = read().orElseThrow().stages().skew();

        assertThat(skew.stage()).isEqualTo(1);
        assertThat(skew.longest()).isEqualTo(60_000);
        assertThat(skew.median()).isBetween(1_000L, 1_125L);
        assertThat(skew.isSkewed()).isTrue();
    }

    /** Of Spark 4.2.0, written by its own codec; what names its machine is left out. Two tasks failed, and one stage spilled. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhatRealSparkWrote(boolean isRolled) throws Exception {
        try (InputStream log = EventLogTest.class.getResourceAsStream("events_1_spark-1.zstd")) {
            if (isRolled) {
                files.with(ROLLED + "events_1_" + APP + ".zstd", log.readAllBytes());
            } else {
                files.with(DIR + "/" + APP, new ZstdInputStream(log).readAllBytes());
            }
        }

        EventLogFigures figures = read().orElseThrow();

        assertThat(figures.complete()).isTrue();
        assertThat(figures.totals())
                .isEqualTo(new ExecutorTotals(
                        Instant.ofEpochMilli(1795812394759L),
                        1,
                        24,
                        2,
                        48_032,
                        1_412,
                        1_804_784,
                        959_535,
                        959_535,
                        82_602_000));
        assertThat(figures.stages().data()).isEqualTo(new StageData(1_804_784, 902_344, 959_535, 959_535, 912_989));
        assertThat(figures.stages().skew().longest()).isGreaterThan(1_500);
    }

    @Test
    void readsTheFilesOfARolledLogInTheirOrder() throws Exception {
        files.with(ROLLED + "appstatus_" + APP, "");
        files.with(ROLLED + "events_10_" + APP, END);
        files.with(ROLLED + "events_2_" + APP + ".zstd", zstd(task(0, 1) + "\n"));
        files.with(ROLLED + "events_1_" + APP, task(0, 1));
        files.with(DIR + "/" + APP, "another of that name, of an earlier version of Spark");

        assertThat(read())
                .map(EventLogFigures::totals)
                .map(ExecutorTotals::tasks)
                .contains(2L);
        assertThat(read()).map(EventLogFigures::complete).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".zstd", ".inprogress", ".zstd.inprogress"})
    void findsALogInOneFile(String end) throws Exception {
        String text = task(0, 1);
        files.with(DIR + "/" + APP + end, end.contains("zstd") ? zstd(text) : text.getBytes(StandardCharsets.UTF_8));

        EventLogFigures figures = read().orElseThrow();

        assertThat(figures.totals().tasks()).isEqualTo(1);
        assertThat(figures.complete()).isFalse();
    }

    @Test
    void thereMayBeNone() throws Exception {
        files.with(DIR + "/spark-2", END);

        assertThat(read()).isEmpty();
    }

    /** A driver that is killed does not come to write the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"", ".zstd"})
    void whatIsBrokenOffCountsUpToThere(String codec) throws Exception {
        String[] lines = new String[20_000];
        Arrays.setAll(lines, i -> task(i % 7, i * 31L % 1_000_003));
        String text = String.join("\n", lines);
        byte[] stored = codec.isEmpty() ? text.getBytes(StandardCharsets.UTF_8) : zstd(text);
        files.with(ROLLED + "events_1_" + APP + codec, Arrays.copyOf(stored, stored.length - stored.length / 10));
        files.with(ROLLED + "events_2_" + APP, END);

        EventLogFigures figures = read().orElseThrow();

        assertThat(figures.totals().tasks()).isBetween(10_000L, 19_999L);
        assertThat(figures.complete()).isFalse();
    }

    @Test
    void aStoreThatFailsIsNoBrokenLog() {
        files.with(DIR + "/" + APP, task(0, 1), task(0, 1)).failAfter(10);

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EventLogException.class)
                .hasMessage("the data node is gone");
    }

    @ParameterizedTest
    @CsvSource({
        "spark-1.lz4, it is compressed with lz4",
        "spark-1.snappy.inprogress, it is compressed with snappy",
        "spark-1.lzf, it is compressed with lzf",
        "eventlog_v2_spark-1/events_3_spark-1.zstd.compact, a history server has compacted it",
    })
    void namesWhatCannotBeRead(String name, String cause) {
        files.with(DIR + "/" + name, END);

        assertThatThrownBy(this::read).isInstanceOf(EventLogException.class).hasMessageStartingWith(cause);
    }

    /** Zeros would pass for an application that did nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{\"Event\":7}", "{\"Event\":", "{}", "7"})
    void aFileWithoutAnEventHasNoFigures(String text) {
        files.with(DIR + "/" + APP, text);

        assertThatThrownBy(this::read).isInstanceOf(EventLogException.class).hasMessage("it holds no event of Spark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1, 2, {\"Event\":\"SparkListenerTaskEnd\"}]",
                "{\"Event\":\"SparkListenerTaskEnd\",\"Task Info\":7,\"Task Metrics\":[],\"Stage ID\":\"x\"}",
                "{\"Event\":\"SparkListenerTaskEnd\",\"Task Info\":{\"Launch Time\":-5,\"Finish Time\":-9}}",
                "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":123456789012345678901234567890}",
                "{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":{}}"
            })
    void strangeEventsDoNoHarm(String text) throws Exception {
        files.with(DIR + "/" + APP, "{\"Event\":\"SparkListenerLogStart\"}", text);

        ExecutorTotals totals = read().orElseThrow().totals();

        assertThat(totals.tasks()).isZero();
        assertThat(totals.taskMillis()).isZero();
        assertThat(totals.input()).isZero();
    }

    @Test
    void longTextsAndManyStagesAreNotKept() throws Exception {
        String[] lines = new String[5_001];
        Arrays.setAll(lines, i -> task(i, 1));
        lines[5_000] = "{\"Event\":\"SparkListenerSQLExecutionStart\",\"%s\":\"%s\"}"
                .formatted("n".repeat(1_000), "x".repeat(30_000_000));
        files.with(DIR + "/" + APP, lines);

        assertThat(read().orElseThrow().totals().tasks()).isEqualTo(5_000);
    }

    @Test
    void aLogIsReadWithinABudget() {
        byte[] much = new byte[3 << 20];
        EventLogStream stream =
                new EventLogStream(new ByteArrayInputStream(much), new EventLogStream.Budget(2 << 20, 60_000));
        EventLogStream late =
                new EventLogStream(new ByteArrayInputStream(much), new EventLogStream.Budget(10 << 20, -1_000));

        assertThatThrownBy(stream::readAllBytes)
                .isInstanceOf(EventLogException.class)
                .hasMessage("it has more than 2 MB");
        assertThatThrownBy(late::readAllBytes).isInstanceOf(EventLogException.class);
        assertThat(late.hasFailed()).isTrue();
    }
}
