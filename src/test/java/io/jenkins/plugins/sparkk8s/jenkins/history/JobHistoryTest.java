package io.jenkins.plugins.sparkk8s.jenkins.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a job's last applications: bounded, without what is gone, and readable whatever wrote it. */
class JobHistoryTest {
    @TempDir
    Path folder;

    private TestJob job() {
        return new TestJob(folder);
    }

    private List<Integer> builds() {
        return job().history().read().stream().map(HistoryEntry::getBuild).toList();
    }

    @Test
    void keepsWhatIsShownOfAnApplication() {
        job().ends(7, "daily", 60, Outcome.FAILED);

        assertThat(job().history().read()).singleElement().satisfies(entry -> {
            assertThat(entry.getBuild()).isEqualTo(7);
            assertThat(entry.getName()).isEqualTo("daily");
            assertThat(entry.getApplicationId()).isEqualTo("spark-7");
            assertThat(entry.getResult()).isEqualTo("FAILED");
            assertThat(entry.getDurationMillis()).isEqualTo(60_000);
            assertThat(entry.getStagedMillis()).isEqualTo(2_000);
            assertThat(entry.getPendingMillis()).isEqualTo(3_000);
            assertThat(entry.getRunningMillis()).isEqualTo(55_000);
            assertThat(entry.getExecutorsRequested()).isEqualTo("2");
            assertThat(entry.getPeakExecutors()).isEqualTo(2);
            assertThat(entry.getFailedExecutors()).isEqualTo(1);
            assertThat(entry.getBytesUploaded()).isEqualTo(2048);
            assertThat(entry.getCoreHours()).isEqualTo(1.2);
        });
    }

    @Test
    void isThereOnlyAfterTheFirstApplication() {
        assertThat(job().history().exists()).isFalse();
        assertThat(builds()).isEmpty();

        job().ends(1, "daily", 60);

        assertThat(job().history().exists()).isTrue();
    }

    /** The one whose end was repeated after a crash. */
    @Test
    void keepsAnApplicationOnce() {
        job().ends(1, "daily", 60);
        job().ends(1, "daily", 61);

        assertThat(job().history().read()).singleElement().returns(61_000L, HistoryEntry::getDurationMillis);
    }

    @Test
    void isInTheOrderOfStartsHoweverTheyEnd() {
        job().ends(2, "daily", 60);
        job().ends(1, "daily", 5000);
        job().ends(3, "daily", 60);

        assertThat(builds()).containsExactly(1, 2, 3);
    }

    @Test
    void oneThatRunsOftenLeavesRoomForOthers() {
        job().ends(1, "monthly", 60);
        for (int number = 2; number <= RecordedHistory.KEPT_OF_A_NAME + 10; number++) {
            job().ends(number, "hourly", 60);
        }

        assertThat(builds())
                .hasSize(RecordedHistory.KEPT_OF_A_NAME + 1)
                .startsWith(1, 11)
                .endsWith(RecordedHistory.KEPT_OF_A_NAME + 10);
    }

    @Test
    void staysBoundedWhateverTheNames() throws IOException {
        job().build(1);
        RecordedHistory history = RecordedHistory.NONE;
        for (int i = 0; i < RecordedHistory.KEPT + 20; i++) {
            history = history.with(
                    List.of(TestJob.entry(1, "id-" + i, i + "x".repeat(300), 60, Outcome.SUCCEEDED)), number -> true);
        }

        assertThat(history.entries()).hasSize(RecordedHistory.KEPT);
        assertThat(new XStream().toXML(history).length()).isLessThan(1_000_000);
    }

    @Test
    void buildsThatAreDiscardedAreLeftOut() throws IOException {
        job().ends(1, "daily", 60);
        job().ends(2, "daily", 60);
        long before = Files.size(folder.resolve("spark-history.xml"));

        job().discard(1);
        assertThat(builds()).containsExactly(2);
        job().discard(2);
        assertThat(builds()).isEmpty();
        job().ends(3, "daily", 60);
        assertThat(builds()).containsExactly(3);
        assertThat(Files.size(folder.resolve("spark-history.xml"))).isLessThan(before);
    }

    @Test
    void aDeletedJobStaysDeleted() throws IOException {
        Path deleted = folder.resolve("deleted");
        new TestJob(deleted).history().add(List.of(TestJob.entry(1, "id", "daily", 60, Outcome.SUCCEEDED)));

        assertThat(deleted).doesNotExist();
    }

    /** A copy of a job is made of its configuration alone; what is moved is its folder. */
    @Test
    void movesWithTheFolderOfTheJob() throws IOException {
        Path moved = folder.resolve("moved");
        new TestJob(folder.resolve("job")).ends(1, "daily", 60);
        Files.move(folder.resolve("job"), moved);

        assertThat(new TestJob(moved).history().read()).hasSize(1);
        assertThat(new TestJob(folder.resolve("job")).history().read()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsReplaced() throws IOException {
        Files.writeString(folder.resolve("spark-history.xml"), "<broken");
        assertThat(builds()).isEmpty();

        job().ends(1, "daily", 60);

        assertThat(builds()).containsExactly(1);
    }

    private static RecordedHistory read(String entries) {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.sparkk8s.jenkins.history.**"});
        String type = RecordedHistory.class.getName();
        return (RecordedHistory) xstream.fromXML("<" + type + ">" + entries + "</" + type + ">");
    }

    @Test
    void whatAnotherVersionWroteWithLessIsLeftOut() {
        String type = HistoryEntry.class.getName();
        String complete = "<id>1</id><build>3</build><applicationId>spark-3</applicationId><result>FAILED</result>";

        assertThat(read("").entries()).isEmpty();
        assertThat(read("<applications><null/><%s/><%s>%s</%s></applications>".formatted(type, type, complete, type))
                        .entries())
                .singleElement()
                .returns(3, HistoryEntry::getBuild)
                .returns(null, HistoryEntry::getDurationMillis)
                .returns(null, HistoryEntry::getPendingMillis);
    }
}
