package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.history.HistoryEntry;
import io.jenkins.plugins.sparkk8s.jenkins.history.JobHistory;
import io.jenkins.plugins.sparkk8s.jenkins.history.SparkHistoryAction;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each application that ends is added to the history of its job, however it ends. */
class JobHistoryOfApplicationsTest extends LifecycleCase {
    @BeforeEach
    void buildIsThere() throws IOException {
        Files.createDirectories(home.resolve("builds/1"));
    }

    private List<HistoryEntry> history() {
        return new SparkHistoryAction(controller.run.getParent()).getApplications();
    }

    @Test
    void hasResultAndTimesOfOneThatSucceeded() {
        Application application = controller.application(named("daily")).start();
        controller.driverRuns();
        controller.driverEnds(0);
        application.end.join();

        assertThat(history()).singleElement().satisfies(entry -> {
            assertThat(entry.getName()).isEqualTo("daily");
            assertThat(entry.getBuild()).isEqualTo(1);
            assertThat(entry.getResult()).isEqualTo("SUCCEEDED");
            assertThat(entry.getDurationMillis()).isNotNull();
            assertThat(entry.getExecutorsRequested()).isEqualTo("2");
        });
    }

    @Test
    void hasOneThatFailedAndOneThatWasNeverSubmitted() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.driverEnds(3);
        failure(application);
        SparkK8sSubmitStep wrong = step();
        wrong.setConf("spark.executor.cores=many");
        failure(controller.application(wrong, "wrong").start());

        assertThat(history()).extracting(HistoryEntry::getResult).containsExactly("NOT_SUBMITTED", "FAILED");
    }

    @Test
    void hasOneThatWasAborted() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        application.lifecycle.abort(new InterruptedException());
        failure(application);

        assertThat(history()).extracting(HistoryEntry::getResult).containsExactly("ABORTED");
    }

    /** No build waits for it, and the controller that submitted it is gone. */
    @Test
    void hasOneThatEndedUnattendedAfterARestart() {
        SparkK8sSubmitStep step = step();
        step.setWaitForCompletion(false);
        ApplicationRecord record = controller.application(step).start().end.join();
        controller.driverRuns();
        controller.restart();
        controller.driverEnds(0);
        controller.runtime().unattended().attend(controller.run, record);
        await().until(() -> !history().isEmpty());

        assertThat(history()).extracting(HistoryEntry::getResult).containsExactly("SUCCEEDED");
    }

    @Test
    void losesNoneOfManyThatEndAtOnce() {
        List<Application> all = IntStream.range(0, 20)
                .mapToObj(i -> {
                    SparkK8sSubmitStep wrong = named("app-" + i);
                    wrong.setConf("spark.executor.cores=many");
                    return controller.application(wrong, "id-" + i).start();
                })
                .toList();
        CompletableFuture.allOf(all.stream()
                        .map(application -> application.end.exceptionally(failure -> null))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(history()).hasSize(20);
    }

    @Test
    void anUnwritableFileHoldsNoEndUp() throws IOException {
        Files.createDirectories(home.resolve("spark-history.xml/not-a-file"));
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(application.end.join()).isSuccess()).isTrue();
        assertThat(history()).isEmpty();
    }

    /** The result is known by then, and is neither lost nor kept in half of the places. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasOneThatWasAbortedWhileItsEndWasWritten(boolean isSomethingLeft) throws Exception {
        controller.items.put("job", controller.run.job);
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> held = new CompletableFuture<>();
        CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> {
            try {
                controller.context().locks().call(JobHistory.of(controller.run.getParent()), () -> {
                    held.complete(null);
                    release.await();
                    return null;
                });
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        held.join();
        controller.driverEnds(0);
        await().until(() -> application.record().hasEnded());
        application.record().leftOnCluster(isSomethingLeft);
        application.lifecycle.abort(new InterruptedException("enough"));
        await().until(application.end::isCompletedExceptionally);
        release.countDown();
        holder.join();

        controller.lookForApplications();

        assertThat(history()).extracting(HistoryEntry::getResult).containsExactly("SUCCEEDED");
        String id = application.record().identity().applicationId();
        assertThat(controller.context().index().builds(id)).containsExactly("job#1");
        assertThat(controller.openApplications()).isEmpty();
    }
}
