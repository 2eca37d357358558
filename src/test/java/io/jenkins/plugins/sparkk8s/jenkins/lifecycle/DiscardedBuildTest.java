package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.XmlFile;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplication;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplications;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OrphanedUploads;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that does not wait is deleted while its application runs; the next controller finds no record of it. */
class DiscardedBuildTest {
    @TempDir
    Path home;

    @TempDir
    Path uploads;

    private TestController controller;
    private Path upload;

    @BeforeEach
    void start() throws IOException {
        controller = new TestController(home);
        SparkClusters.get().getClusters().get(0).setUploadPath("file:" + uploads);
        upload = Files.createDirectory(uploads.resolve("spark-upload-%s-1".formatted("0".repeat(32))));
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private ApplicationRecord deploy() throws IOException {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setApplication("local:///opt/app.jar");
        step.setMainClass("com.acme.Report");
        step.setWaitForCompletion(false);
        Application application = controller.application(step).start();
        ApplicationRecord record = application.end.join();
        record.staging(List.of("file:" + upload), "", false, Map.of());
        controller.context().open().keepUploads(controller.run, record);
        return record;
    }

    private Map<String, OpenApplication> open() throws IOException {
        return new OpenApplications().all();
    }

    @Test
    void keepsTheUploadsWhileTheDriverRunsAndRemovesThemAfterIt() throws Exception {
        deploy();
        controller.driverRuns();
        controller.restart();

        controller.lookForApplications();
        assertThat(upload).exists();
        assertThat(open()).hasSize(1);

        controller.driverEnds(0);
        await().untilAsserted(() -> {
            controller.lookForApplications();
            assertThat(upload).doesNotExist();
            assertThat(open()).isEmpty();
        });
    }

    @Test
    void removesTheUploadsOfADriverThatIsGone() throws Exception {
        deploy();
        controller.driverRuns();
        controller.restart();
        controller.client.pods().inNamespace("default").delete();

        await().untilAsserted(() -> {
            controller.lookForApplications();
            assertThat(upload).doesNotExist();
        });
    }

    @Test
    void retriesWhenTheClusterIsUnreachable() throws Exception {
        OpenApplication application = OpenApplication.of("job#1", deploy());
        controller.driverRuns();
        controller.driverEnds(0);
        SparkClusters.get().setClusters(List.of());

        assertThat(new OrphanedUploads(controller.context().clusters(), Duration.ofDays(1), id -> {})
                        .sweep("id", application))
                .isFalse();
        assertThat(new OrphanedUploads(controller.context().clusters(), Duration.ZERO, id -> {})
                        .sweep("id", application))
                .isTrue();
        assertThat(upload).exists();
    }

    @Test
    void oneThatHasEndedKeepsNoPlaceInTheQueueWhileItsUploadsCannotBeRemoved() throws Exception {
        deploy();
        controller.driverRuns();
        controller.restart();
        controller.driverEnds(0);
        SparkClusters.get().getClusters().get(0).setUploadPath("file:/elsewhere");
        controller.limit(1);
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setApplication("local:///opt/app.jar");
        step.setMainClass("com.acme.Report");
        Application next = controller.application(step, "next").start();
        await().until(() -> controller.context().queue().counts().queued() == 1);

        controller.lookForApplications();

        next.awaitDriver();
        assertThat(upload).exists();
    }

    @Test
    void readsTheListOfAnEarlierVersion() throws Exception {
        new XmlFile(home.resolve("spark-applications.xml").toFile()).write(new TreeMap<>(Map.of("id", "job#1")));

        assertThat(open().get("id").build()).isEqualTo("job#1");
        assertThat(open().get("id").uploads().directories()).isEmpty();
    }

    @Test
    void isKeptBounded() throws Exception {
        ApplicationRecord record = deploy();
        record.staging(Collections.nCopies(5000, "file:" + upload), "", false, Map.of());

        assertThat(OpenApplication.of("job#1", record).uploads().directories()).hasSize(1000);
    }
}
