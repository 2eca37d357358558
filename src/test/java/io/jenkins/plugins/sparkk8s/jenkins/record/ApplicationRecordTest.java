package io.jenkins.plugins.sparkk8s.jenkins.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkCost;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationBox;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a record keeps, and that it can be written down at any moment. */
class ApplicationRecordTest {
    private static XStream xstream() {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.sparkk8s.jenkins.**", "hudson.util.Secret"});
        xstream.alias("record", ApplicationRecord.class);
        xstream.ignoreUnknownElements();
        return xstream;
    }

    private static ApplicationRecord reloaded(ApplicationRecord record) {
        return (ApplicationRecord) xstream().fromXML(xstream().toXML(record));
    }

    @Test
    void isTheSameAfterTheBuildWasLoadedAgain() {
        ApplicationRecord record = Records.running();
        record.historyServer("https://history.example.com");

        ApplicationRecord loaded = reloaded(record);

        assertThat(loaded.handle()).isEqualTo(record.handle());
        assertThat(loaded.identity()).isEqualTo(Records.IDENTITY);
        assertThat(loaded.phase()).isEqualTo(Phase.RUNNING);
        assertThat(loaded.monitorConf()).isEqualTo(Map.of("spark.executor.instances", "2"));
        assertThat(loaded.dependants()).isEqualTo(record.dependants()).isNotEmpty();
        assertThat(loaded.submissionTimes()).isEqualTo(record.submissionTimes());
        assertThat(loaded.uploadsToRemove()).containsExactly("hdfs://nn/spark-upload-1");
        assertThat(Records.run(loaded)).usingRecursiveComparison().isEqualTo(Records.run(record));
    }

    @Test
    void keepsItsEndOverARestart() {
        ApplicationRecord record = Records.ended(Outcome.FAILED, 3, "The driver ended with exit code 3.", "it broke");

        assertThat(Records.run(reloaded(record))).usingRecursiveComparison().isEqualTo(Records.run(record));
    }

    @Test
    void remembersNoDirectoryThatAFailedUploadNeverBegan() {
        ApplicationRecord record = Records.begun();
        record.staging(List.of("hdfs://nn/spark-upload-1", "hdfs://nn/spark-upload-2"), "", false, Map.of());

        record.uploadFailed(List.of("hdfs://nn/spark-upload-1", "hdfs://nn/of-somebody-else"));

        assertThat(record.uploadsToRemove()).containsExactly("hdfs://nn/spark-upload-1");
    }

    @Test
    void remembersWhatAnEarlierControllerMayHaveUploaded() {
        List<String> planned = List.of("hdfs://nn/spark-upload-1", "hdfs://nn/spark-upload-2");
        ApplicationRecord record = Records.begun();
        record.staging(planned, "", false, Map.of("spark.hadoop.dfs.replication", "2"));
        ApplicationRecord loaded = reloaded(record);
        assertThat(loaded.uploadSettings()).isEqualTo(Map.of("spark.hadoop.dfs.replication", "2"));
        loaded.staging(planned, "", false, Map.of());

        loaded.uploadFailed(List.of());

        assertThat(loaded.uploadsToRemove()).isEqualTo(planned);
    }

    @Test
    void hasANameBeforeItIsSubmittedWhenTheStepGivesOne() {
        ApplicationRecord record = Records.begun();

        record.named("daily report");
        record.ended("NOT_SUBMITTED", "The image is not there.", Records.START);

        assertThat(Records.run(record).getName()).isEqualTo("daily report");
        assertThat(record.handle()).isNull();
    }

    @Test
    void isStoredInThisForm() {
        ApplicationRecord loaded = (ApplicationRecord) xstream().fromXML("""
            <record>
              <identity>
                <id>1</id>
                <cluster>prod</cluster>
                <startTimeMillis>1000</startTimeMillis>
                <applicationId>spark-1234</applicationId>
              </identity>
              <place>
                <namespace>reports</namespace>
              </place>
              <times>
                <endTimeMillis>5000</endTimeMillis>
              </times>
              <outcome>
                <result>FAILED</result>
                <exitCode>3</exitCode>
                <cause>APPLICATION</cause>
                <reason>It broke.</reason>
                <peakExecutors>2</peakExecutors>
              </outcome>
              <phase>ENDED</phase>
              <name>daily</name>
              <historyUrl>https://history.example.com/history/spark-1234</historyUrl>
            </record>
            """);

        SparkApplicationRun run = Records.run(loaded);
        assertThat(run.getResult()).isEqualTo("FAILED");
        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReason()).isEqualTo("It broke.");
        assertThat(run.getPeakExecutors()).isEqualTo(2);
        assertThat(run.getHistoryUrl()).startsWith("https://history.example.com/");
        assertThat(loaded.endTime()).isEqualTo("1970-01-01T00:00:05Z");
        assertThat(xstream().toXML(loaded)).contains("<result>FAILED</result>").doesNotContain("defined-in");
    }

    @Test
    void holdsNothingButPlainValues() {
        Stream<Class<?>> types = Stream.of(
                        ApplicationRecord.class,
                        MaskedRecord.class,
                        SteeredRecord.class,
                        RecordedWait.class,
                        RecordedIdentity.class,
                        RecordedPlace.class,
                        RecordedUploads.class,
                        RecordedTimes.class,
                        RecordedOutcome.class,
                        RecordedSecrets.class,
                        RecordedMonitoring.class,
                        RecordedFigures.class,
                        RecordedCost.class)
                .flatMap(part -> Arrays.stream(part.getDeclaredFields()))
                .filter(field ->
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .map(Field::getType);
        assertThat(types)
                .isSubsetOf(
                        String.class,
                        int.class,
                        Integer.class,
                        long.class,
                        Long.class,
                        boolean.class,
                        double.class,
                        RecordedCost.class,
                        Phase.class,
                        ArrayList.class,
                        Map.class,
                        RecordedIdentity.class,
                        RecordedPlace.class,
                        RecordedUploads.class,
                        RecordedTimes.class,
                        RecordedOutcome.class,
                        RecordedWait.class,
                        RecordedMonitoring.class,
                        RecordedFigures.class,
                        RecordedSecrets.class);
    }

    @Test
    void recordOfAnEarlierVersionHasWhatIsMissingUnknown() {
        ApplicationRecord old = (ApplicationRecord)
                xstream().fromXML("<record><identity><id>4</id></identity><phase>ENDED</phase><gone>1</gone></record>");

        SparkApplicationRun run = Records.run(old);
        assertThat(run.getStagedMillis()).isNull();
        assertThat(run.getDurationMillis()).isNotNull();
        assertThat(run.getResult()).isNull();
        assertThat(run.isSuccess()).isFalse();
        assertThat(run.getDetails()).isEmpty();
        assertThat(old.monitorConf()).isEmpty();
        assertThat(old.uploadsToRemove()).isEmpty();
        assertThat(old.handle()).isNull();
        assertThat(new ApplicationBox(run, 1).getFacts()).isNotNull();
    }

    @Test
    void recordOfALaterPhaseIsUnknown() {
        ApplicationRecord later =
                (ApplicationRecord) xstream().fromXML("<record><identity><id>4</id></identity></record>");

        assertThat(Records.run(later).getState()).isEqualTo("unknown");
    }

    @Test
    void strangersTextsAreCutAndPrintable() {
        ApplicationRecord record = Records.begun();
        record.ended("NOT_SUBMITTED", "a\u0000b\u001b[31mc\n" + "x".repeat(20_000), Records.START);

        assertThat(Records.run(record).getReason())
                .startsWith("abc xxx")
                .hasSize(1000)
                .endsWith("…");
        String[] many = Stream.generate(() -> "y".repeat(2000)).limit(40).toArray(String[]::new);
        List<String> details =
                Records.run(Records.ended(Outcome.FAILED, 1, "no", many)).getDetails();
        assertThat(details).hasSize(10).allSatisfy(detail -> assertThat(detail).hasSize(500));
        ApplicationRecord longName = Records.running(Records.begun(), "n".repeat(5000));
        assertThat(Records.run(longName).getName()).hasSize(200);
    }

    @Test
    void linksToAHistoryServerOfTheWebOnly() {
        ApplicationRecord record = Records.running();
        record.historyServer("https://history.example.com/spark/");
        assertThat(Records.run(record).getHistoryUrl())
                .isEqualTo("https://history.example.com/spark/history/spark-1234/");
        for (String bad : new String[] {
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//host/x",
            "https://u:p@host/",
            "h t",
            "",
            null
        }) {
            record.historyServer(bad);
            assertThat(Records.run(record).getHistoryUrl()).as(bad).isNull();
        }
        record.historyServer("https://history.example.com/");
        String stored = xstream().toXML(record);
        assertThat(stored).contains("https://history.example.com/history/spark-1234/");
        String forged = stored.replace("https://history.example.com/history/spark-1234/", "javascript:alert(1)");
        assertThat(Records.run((ApplicationRecord) xstream().fromXML(forged)).getHistoryUrl())
                .isNull();
    }

    @Test
    void returnsLiveCountsWhileItIsMonitored() {
        ApplicationRecord record = Records.running();
        assertThat(Records.run(record).getExecutorsRunning()).isNull();
        record.setStateSource(() -> Records.state(2));

        SparkApplicationRun run = Records.run(record);
        assertThat(run.getDriverState()).isEqualTo("Running on node-1");
        assertThat(run.getExecutorsRunning()).isEqualTo(2);
        assertThat(run.getExecutorsPending()).isEqualTo(1);
        assertThat(run.getPeakExecutors()).isEqualTo(3);
        assertThat(run.getExecutorsRequested()).isEqualTo("4");
        assertThat(Records.run(reloaded(record)).getExecutorsRunning()).isNull();

        record.setStateSource(null);
        assertThat(Records.run(record).getDriverState()).isNull();
    }

    @Test
    void releasesTheStateSourceAtTheEnd() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.state(2));
        Records.ended(record, Outcome.SUCCEEDED, 0, "ok");

        assertThat(record.liveState()).isNull();
        assertThat(Records.run(record).getPeakExecutors()).isEqualTo(3);
    }

    @Test
    void abortKeepsWhatWasLastSeen() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.state(2));
        record.ended("ABORTED", "The build was aborted.", Records.START);

        assertThat(Records.run(record).getPeakExecutors()).isEqualTo(3);
        assertThat(Records.run(record).getExecutorsRequested()).isEqualTo("4");
        assertThat(Records.run(record).getExecutorsRunning()).isNull();
    }

    @Test
    void pageOutlivesAWatcherThatFails() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> {
            throw new IllegalStateException("closed");
        });

        assertThat(Records.run(record).getState()).isEqualTo("running");
    }

    @Test
    void keepsWhatTheApplicationUsed() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.stateWith(Records.cost()));
        record.ended("ABORTED", "The build was aborted.", Records.START.plusSeconds(90));

        SparkCost cost = Records.run(record).getCost();
        assertThat(cost.getTasks()).isEqualTo(1200);
        assertThat(cost.getFailedTasks()).isEqualTo(3);
        assertThat(cost.getInputBytes()).isEqualTo(1 << 20);
        assertThat(cost.getOutputBytes()).isEqualTo(4096);
        assertThat(cost.getShuffleReadBytes()).isEqualTo(2048);
        assertThat(cost.getShuffleWriteBytes()).isEqualTo(1024);
        assertThat(cost.getSpilledBytes()).isEqualTo(1 << 30);
        assertThat(cost.getGcPercent()).isEqualTo(4);
        assertThat(cost.getPeakHeapBytes()).isEqualTo(285_215_216);
        assertThat(cost.getCoreHours()).isEqualTo(1.0556);
        assertThat(cost.getHints()).hasSize(1);
    }
}
