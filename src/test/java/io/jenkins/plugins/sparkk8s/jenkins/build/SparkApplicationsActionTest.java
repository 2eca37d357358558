package io.jenkins.plugins.sparkk8s.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.thoughtworks.xstream.XStream;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecords;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.record.Records;
import io.jenkins.plugins.sparkk8s.jenkins.record.StateSource;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** The list of a build's applications: bounded, guarded, and written down while it grows. */
class SparkApplicationsActionTest {
    private final TestRun run = new TestRun();
    private final SparkApplicationsAction action = run.action();

    @TempDir
    Path directory;

    private final AtomicInteger ids = new AtomicInteger();

    private ApplicationRecord begin() {
        return action.begin("id-" + ids.getAndIncrement(), "prod", Records.IDENTITY, Records.START);
    }

    private void runToEnd(int count) {
        for (int i = 0; i < count; i++) {
            ApplicationRecord record = begin();
            Records.ended(Records.running(record, "r"), Outcome.FAILED, 1, "no", "detail")
                    .uploadsRemoved();
        }
    }

    private static XStream xstream() {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.sparkk8s.jenkins.**", "hudson.util.Secret"});
        return xstream;
    }

    @Test
    void aLookAtThePageRefreshesWhatItShows() {
        List<String> refreshed = new ArrayList<>();
        for (int i = 0; i < ApplicationOverview.MOST_BOXES + 2; i++) {
            ApplicationRecord record = Records.running(begin(), "r");
            record.setStateSource(new StateSource() {
                @Override
                public ApplicationState state() {
                    return Records.state(2);
                }

                @Override
                public void refreshProgress() {
                    refreshed.add(record.id());
                }
            });
        }
        Records.ended(Records.running(begin(), "r"), Outcome.FAILED, 1, "no");

        action.getApplications();
        assertThat(refreshed).isEmpty();
        action.getOverview();
        assertThat(refreshed).hasSize(ApplicationOverview.MOST_BOXES - 1);
        refreshed.clear();
        action.getRows(3);
        assertThat(refreshed).containsExactly("id-2", "id-3", "id-4", "id-5", "id-6");
        refreshed.clear();
        action.getApi();
        assertThat(refreshed).hasSize(ApplicationOverview.MOST_BOXES + 2);
    }

    @Test
    void buildHasOneAction() {
        assertThat(SparkApplicationsAction.of(run)).isSameAs(action);
    }

    @Test
    void aDeletedBuildStaysDeleted() throws IOException {
        run.directory = directory.toFile();
        action.save();
        run.directory = directory.resolve("deleted").toFile();
        action.save();
        action.save(begin());

        assertThat(run.saved).isEqualTo(1);
        assertThat(run.directory).doesNotExist();
    }

    /** The action as a crash leaves it: the build's XML as it was saved last, and the files beside it. */
    private SparkApplicationsAction afterACrash(String buildXml) {
        SparkApplicationsAction loaded = (SparkApplicationsAction) xstream().fromXML(buildXml);
        loaded.onLoad(run);
        return loaded;
    }

    private long files() {
        return directory.toFile().list().length;
    }

    @Test
    void aCrashLosesNoStepThatWasSaved() throws IOException {
        run.directory = directory.toFile();
        ApplicationRecord first = begin();
        action.save(first);
        String buildXml = xstream().toXML(action);
        Records.running(first, "daily");
        action.save(first);
        ApplicationRecord second = begin();
        action.save(second);

        SparkApplicationsAction loaded = afterACrash(buildXml);

        assertThat(loaded.find(first.id()).orElseThrow().handle()).isEqualTo(first.handle());
        assertThat(loaded.find(first.id()).orElseThrow().phase()).isEqualTo(Phase.RUNNING);
        assertThat(loaded.find(second.id()).orElseThrow().phase()).isEqualTo(Phase.STAGING);
        assertThat(loaded.getTotal()).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeReadLeavesWhatTheBuildHas() throws IOException {
        run.directory = directory.toFile();
        ApplicationRecord record = begin();
        action.save(record);
        String buildXml = xstream().toXML(action);
        Files.writeString(directory.resolve("spark-id-0.record.xml"), "<broken");

        assertThat(afterACrash(buildXml).find(record.id())).isPresent();
    }

    @Test
    void aFileThatACrashLeftDoesNotUndoTheEnd() throws IOException {
        run.directory = directory.toFile();
        ApplicationRecord record = Records.running(begin(), "daily");
        action.save(record);
        Path file = directory.resolve("spark-id-0.record.xml");
        byte[] running = Files.readAllBytes(file);
        Records.ended(record, Outcome.SUCCEEDED, 0, "fine").uploadsRemoved();
        action.save(record);
        assertThat(file).doesNotExist();
        Files.write(file, running);

        SparkApplicationsAction loaded = afterACrash(xstream().toXML(action));
        assertThat(loaded.find(record.id()).orElseThrow().isDone()).isTrue();
        loaded.save();
        assertThat(file).doesNotExist();
    }

    @Test
    void writesGrowWithWhatChangesAndNotWithTheBuild() throws IOException {
        run.directory = directory.toFile();
        for (int i = 0; i < 1000; i++) {
            ApplicationRecord record = begin();
            action.save(record);
            Records.running(record, "r");
            action.save(record);
            Records.ended(record, Outcome.SUCCEEDED, 0, "fine").uploadsRemoved();
            action.save(record);
        }

        // 3000 steps; each saving of the build comes a tenth of its size later than the one before.
        assertThat(run.saved).isLessThan(100);
        assertThat(files()).isLessThan(110);
        action.save();
        assertThat(files()).isZero();
    }

    @Test
    void findsApplicationsByTheirIds() {
        ApplicationRecord first = begin();
        ApplicationRecord second = begin();

        assertThat(first.id()).isEqualTo("id-0");
        assertThat(action.find("id-1")).containsSame(second);
        assertThat(action.find("id-2")).isEmpty();
        assertThat(action.getApplications())
                .extracting(SparkApplicationRun::getId)
                .containsExactly("id-0", "id-1");
    }

    @Test
    void hasALinkOnlyWhenThereIsSomethingToShow() {
        assertThat(action.getIconFileName()).isNull();
        begin();
        assertThat(action.getIconFileName()).startsWith("symbol-");
    }

    @Test
    void requiresPermissionToReadTheBuild() {
        assertThat(action.getTarget()).isSameAs(action);
        run.readable = false;
        assertThatThrownBy(action::getTarget).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void keepsNumbersAndResultsOfManyButDetailsOfTheLast() {
        runToEnd(ApplicationRecords.IN_FULL + 10);

        SparkApplicationRun first = action.getApplications().get(0);
        assertThat(first.getDetails()).isEmpty();
        assertThat(first.getResult()).isEqualTo("FAILED");
        assertThat(action.applications().get(0).monitorConf()).isEmpty();
        assertThat(action.getApplications().get(50).getDetails()).isNotEmpty();
    }

    @Test
    void neverForgetsOneWithSomethingLeftToDo() {
        ApplicationRecord open = begin();
        ApplicationRecord uploaded = Records.ended(Records.running(begin(), "r"), Outcome.FAILED, 1, "no");
        runToEnd(ApplicationRecords.KEPT + 5);

        assertThat(action.applications()).hasSize(ApplicationRecords.KEPT).contains(open, uploaded);
        assertThat(uploaded.monitorConf()).isNotEmpty();
        assertThat(action.getTotal()).isEqualTo(ApplicationRecords.KEPT + 7);
        begin();
        assertThat(action.getTotal()).isEqualTo(ApplicationRecords.KEPT + 8);
        assertThat(action.getOverview().getNotKept()).startsWith("8 ");
    }

    @Test
    void rowsAreReturnedInBoundedAnswers() {
        runToEnd(ApplicationRows.MOST_ROWS + 20);

        ApplicationRows first = action.getRows(1);
        assertThat(first.getRows()).hasSize(ApplicationRows.MOST_ROWS);
        assertThat(first.getNext()).isEqualTo(ApplicationRows.MOST_ROWS + 1);
        ApplicationRows last = action.getRows(first.getNext());
        assertThat(last.getRows())
                .hasSize(20)
                .first()
                .returns(first.getNext(), ApplicationBox::getNumber)
                .returns(true, ApplicationBox::isSettled);
        assertThat(last.getNext()).isNull();
    }

    @Test
    void rowsThatAreNotThereArePassedOver() {
        runToEnd(ApplicationRecords.KEPT + 5);
        begin();

        assertThat(action.getRows(-1).getRows()).first().returns(7, ApplicationBox::getNumber);
        assertThat(action.getRows(ApplicationRecords.KEPT + 6).getRows())
                .singleElement()
                .returns(false, ApplicationBox::isSettled);
        assertThat(action.getRows(Integer.MAX_VALUE).getRows()).isEmpty();
        assertThat(action.getRows(Integer.MAX_VALUE).getNext()).isNull();
    }

    @Test
    void sameUrlListsNoApplicationBeforeTheFirst() {
        TestRun begun = new TestRun();
        UpcomingApplications upcoming = new UpcomingApplications(begun);

        assertThat(upcoming.getUrlName()).isEqualTo(action.getUrlName());
        assertThat(upcoming.getIconFileName()).isNull();
        assertThat(upcoming.getOverview().getBoxes()).isEmpty();
        assertThat(upcoming.getOverview().getUrl()).isEqualTo(begun.getUrl() + "spark/");
        assertThat(upcoming.getTarget()).isSameAs(upcoming);
        begun.readable = false;
        assertThatThrownBy(upcoming::getTarget).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void canBeWrittenDownWhileItGrows() {
        CompletableFuture<Void> building = CompletableFuture.runAsync(() -> runToEnd(300));
        do {
            assertThat(xstream().toXML(action)).isNotEmpty();
        } while (!building.isDone());
        building.join();
        SparkApplicationsAction loaded =
                (SparkApplicationsAction) xstream().fromXML(xstream().toXML(action));
        loaded.onLoad(run);
        assertThat(loaded.getApplications())
                .usingRecursiveComparison()
                .ignoringFields("timeline")
                .isEqualTo(action.getApplications());
    }

    @Test
    void withoutItsListItIsEmpty() {
        SparkApplicationsAction loaded =
                (SparkApplicationsAction) xstream().fromXML("<" + SparkApplicationsAction.class.getName() + "/>");
        loaded.onLoad(run);

        assertThat(loaded.getTotal()).isZero();
        loaded.begin("id", "prod", Records.IDENTITY, Records.START);
        assertThat(loaded.getTotal()).isEqualTo(1);
    }

    @Test
    void remoteApiOfTheBuildShowsApplicationsWithoutADepth() {
        assertThat(SparkApplicationsAction.class.isAnnotationPresent(ExportedBean.class))
                .isTrue();
        Map<String, Integer> exported = Arrays.stream(SparkApplicationsAction.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Exported.class))
                .collect(Collectors.toMap(
                        Method::getName,
                        method -> method.getAnnotation(Exported.class).visibility()));
        // A build's actions are at depth 1, what they export at 2, and what that exports at 3.
        assertThat(exported).isEqualTo(Map.of("getApplications", 2, "getTotal", 2));
        assertThat(SparkApplicationRun.class.getAnnotation(ExportedBean.class).defaultVisibility())
                .isEqualTo(3);
    }

    @Test
    void remoteApiIsOfTheActionItself() {
        assertThat(action.getApi().bean).isSameAs(action);
    }

    @Test
    void applicationsAreBegunByManyThreadsAtOnce() {
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> runToEnd(20)))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(action.applications())
                .extracting(ApplicationRecord::id)
                .doesNotHaveDuplicates()
                .hasSize(80);
        assertThat(action.getTotal()).isEqualTo(80);
    }
}
