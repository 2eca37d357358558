package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.XmlFile;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplication;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplications;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Applications that no build waits for: one owner each, and none of the others' business. */
class UnattendedApplicationsTest extends LifecycleCase {
    private ApplicationRecord deploy(boolean followDriverLog) {
        SparkK8sSubmitStep step = step();
        step.setWaitForCompletion(false);
        step.setFollowDriverLog(String.valueOf(followDriverLog));
        Application application = controller.application(step).start();
        return application.end.join();
    }

    /** @param path what the end of the path is */
    private List<RequestRecord> gets(String path) {
        return controller.server.requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith(path))
                .toList();
    }

    @Test
    void aRecordIsWorkedOnByOneOwnerAtATime() {
        ApplicationRecord record = deploy(false);
        controller.driverRuns();
        controller.restart();
        record.creating(record.handle(), record.dependants(), record.monitorConf(), DriverLogMode.NONE);
        controller.server.faults().stall(1, RequestMatch.of("get", "pods"));
        controller.server.faults().stall(1, RequestMatch.of("get", "pods"));

        controller.runtime().unattended().attend(controller.run, record);
        List<ApplicationOwners.Owner> owner = controller.context().owners().lifecycles();
        for (int i = 0; i < 5; i++) {
            controller.runtime().unattended().attend(controller.run, record);
        }
        await().until(() -> controller.server.faults().pending() == 1);
        controller.runtime().unattended().attend(controller.run, record);

        assertThat(owner).hasSize(1);
        assertThat(controller.context().owners().lifecycles()).isEqualTo(owner);
        assertThat(controller.server.faults().pending()).isEqualTo(1);
    }

    @Test
    void takesOverADriverThatAnEarlierControllerCreatedAndSeesItsEnd() {
        ApplicationRecord record = deploy(false);
        controller.driverRuns();
        controller.restart();
        record.creating(record.handle(), record.dependants(), record.monitorConf(), DriverLogMode.NONE);

        controller.runtime().unattended().attend(controller.run, record);
        await().until(() -> record.phase() == Phase.DEPLOYED);
        controller.driverEnds(0);

        await().until(record::isDone);
        assertThat(controller.openApplications()).isEmpty();
        assertThat(controller.context().owners().lifecycles()).isEmpty();
    }

    private void interrupted(ApplicationRecord record) {
        record.creating(record.handle(), record.dependants(), record.monitorConf(), DriverLogMode.NONE);
    }

    /** Every way through gives back the connection that it took. */
    @Test
    void givesBackEachConnectionWhateverBecomesOfTheApplication() throws Exception {
        ApplicationRecord record = deploy(false);
        controller.driverRuns();
        controller.restart();
        assertThat(ClusterConnections.get().inUse()).isZero();
        interrupted(record);
        controller.server.faults().answer(3, RequestMatch.of("get", "pods"), 403);
        controller.context().open().put("discarded", new OpenApplication("job#99"));

        for (int i = 0; i < 3; i++) {
            controller.runtime().unattended().attend(controller.run, record);
            controller.lookForApplications();
            assertThat(ClusterConnections.get().inUse()).isZero();
        }
        assertThat(record.phase()).isEqualTo(Phase.CREATING);
        controller.runtime().unattended().attend(controller.run, record);
        await().until(() -> record.phase() == Phase.DEPLOYED);
        await().until(() -> ClusterConnections.get().inUse() == 1);
        controller.lookForApplications();
        assertThat(ClusterConnections.get().inUse()).isEqualTo(1);
        controller.driverEnds(0);

        await().until(record::isDone);
        await().until(() -> ClusterConnections.get().inUse() == 0);
    }

    @Test
    void removesWhatWasCreatedForADriverThatNeverCameToBe() throws Exception {
        controller.items.put("job", controller.run.job);
        ApplicationRecord record = deploy(false);
        controller.restart();
        record.creating(record.handle(), record.dependants(), record.monitorConf(), DriverLogMode.NONE);
        controller.disownConfigMaps();
        controller.client.pods().inNamespace("default").withGracePeriod(0).delete();
        controller.server.faults().answer(1, RequestMatch.of("get", "pods"), 403);
        controller.runtime().unattended().attend(controller.run, record);
        await().until(() -> controller.context().failures().count() == 1);

        controller.runtime().unattended().attend(controller.run, record);

        await().until(record::hasEnded);
        assertThat(SparkApplicationRun.of(record).getResult()).isEqualTo("NOT_SUBMITTED");
        await().until(() -> controller.configMapsOfDrivers().isEmpty());
        await().untilAsserted(() -> {
            controller.runtime().unattended().attend(controller.run, record);
            assertThat(controller.context().failures().count()).isZero();
        });
    }

    @Test
    void readsNoLogThatNoBuildShows() {
        ApplicationRecord record = deploy(true);
        controller.driverRuns();
        controller.driverEnds(0);

        await().until(record::isDone);
        assertThat(gets("/log")).isEmpty();
    }

    @Test
    void anEntryThatCannotBeReadHarmsNoOther() throws Exception {
        OpenApplication good = new OpenApplication("job#1");
        controller.context().open().put("b-good", good);
        Files.writeString(home.resolve("spark-applications/a-broken.xml"), "<broken");
        new XmlFile(home.resolve("spark-applications/c-strange.xml").toFile()).write("a text");

        controller.restart();
        assertThat(controller.context().open().all()).containsOnlyKeys("b-good");
        controller.lookForApplications();

        await().until(() -> controller.context().open().all().isEmpty());
        assertThat(home.resolve("spark-applications/a-broken.xml")).exists();
    }

    @Test
    void aMoveRenamesTheEntriesOfTheJobAndNoOthers() throws Exception {
        controller.context().open().put("a", new OpenApplication("folder/job#1"));
        controller.context().open().put("b", new OpenApplication("folder/job-2#1"));

        controller.runtime().onLocationChanged(null, "folder/job", "other/job");

        controller.restart();
        assertThat(controller.context().open().all().values())
                .extracting(OpenApplication::build)
                .containsExactly("other/job#1", "folder/job-2#1");
    }

    @Test
    void theFileOfAnEarlierVersionBecomesAFileForEachApplication() throws Exception {
        Path single = home.resolve("spark-applications.xml");
        new XmlFile(single.toFile()).write(new TreeMap<>(Map.of("a", "job#1", "b", new OpenApplication("job#2"))));

        assertThat(new OpenApplications().all()).containsOnlyKeys("a", "b");

        assertThat(single).doesNotExist();
        assertThat(new OpenApplications().all().get("b").build()).isEqualTo("job#2");
    }

    @Test
    void aChangeWritesOneEntryHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 100; i++) {
            controller.context().open().put("id-" + i, new OpenApplication("job#" + i));
        }
        long one = Files.size(home.resolve("spark-applications/id-0.xml"));

        controller.context().open().put("one-more", new OpenApplication("job#200"));

        assertThat(Files.size(home.resolve("spark-applications/one-more.xml"))).isLessThan(2 * one);
        assertThat(home.resolve("spark-applications.xml")).doesNotExist();
    }
}
