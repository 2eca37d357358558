package io.jenkins.plugins.sparkk8s.jenkins.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Action;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** The page and the remote API of a job: for its readers, bounded, and without a look at any build. */
class SparkHistoryActionTest {
    @TempDir
    Path folder;

    private SparkHistoryAction action() {
        return new SparkHistoryAction(new TestJob(folder));
    }

    private void ends(int count, String name) {
        TestJob job = new TestJob(folder);
        for (int number = 1; number <= count; number++) {
            job.ends(number, name, 60);
        }
    }

    @Test
    void eachJobHasItAndOnlyThoseWithApplicationsShowIt() {
        HistoryOfJobs factory = new HistoryOfJobs();
        assertThat(factory.actionType()).isEqualTo(SparkHistoryAction.class);
        Action action = factory.createFor(new TestJob(folder)).iterator().next();

        assertThat(action.getIconFileName()).isNull();
        ends(1, "daily");
        assertThat(action.getIconFileName()).startsWith("symbol-");
    }

    @Test
    void requiresPermissionToReadTheJob() {
        TestJob job = new TestJob(folder);
        SparkHistoryAction action = new SparkHistoryAction(job);

        assertThat(action.getTarget()).isSameAs(action);
        job.readable = false;
        assertThatThrownBy(action::getTarget).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aJobPageHasFewOfTheLast() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            ends(SparkHistoryAction.RUNS_OF_A_JOB_PAGE + 3, name);
        }
        HistoryContent content = action().getRecent().getContent();

        assertThat(content.getSeries())
                .hasSize(SparkHistoryAction.MOST_SERIES_OF_A_JOB_PAGE)
                .allSatisfy(series -> assertThat(series.getRows()).hasSize(SparkHistoryAction.RUNS_OF_A_JOB_PAGE));
        assertThat(content.getMore()).startsWith("and 2 more names");
        assertThat(content.isOpen()).isFalse();
        assertThat(action().getContent().getSeries()).hasSize(5);
        assertThat(action().getContent().getMore()).isNull();
        assertThat(action().getContent().isOpen()).isTrue();
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(action().getContent().isBlank()).isTrue();
        ends(1, "daily");
        assertThat(action().getContent().isBlank()).isFalse();
    }

    @Test
    void remoteApiHasTheLastApplicationFirst() {
        ends(3, "daily");

        assertThat(action().getApplications())
                .extracting(HistoryEntry::getBuild)
                .containsExactly(3, 2, 1);
        SparkHistoryAction action = action();
        assertThat(action.getApi().bean).isSameAs(action);
    }

    /** The answer of a job, or of a view of 1,000 jobs, must not read their files. */
    @Test
    void remoteApiOfTheJobLeavesThemOutUntilItIsAskedForThem() throws ReflectiveOperationException {
        Method applications = SparkHistoryAction.class.getMethod("getApplications");
        // A job's actions are at depth 1, what they export at 2; visibility 0 is the default of the class, 1.
        assertThat(applications.getAnnotation(Exported.class).visibility()).isZero();
        assertThat(SparkHistoryAction.class.getAnnotation(ExportedBean.class).defaultVisibility())
                .isEqualTo(1);
        assertThat(HistoryEntry.class.getAnnotation(ExportedBean.class).defaultVisibility())
                .isEqualTo(2);
        assertThat(Arrays.stream(HistoryEntry.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Exported.class)))
                .extracting(Method::getName)
                .contains("getBuild", "getResult", "getDurationMillis", "getCoreHours", "getBytesUploaded");
    }
}
