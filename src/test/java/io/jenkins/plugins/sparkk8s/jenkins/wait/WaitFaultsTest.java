package io.jenkins.plugins.sparkk8s.jenkins.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.Followers;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.wait.OtherBuild.Waiting;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Builds that wait for an application while what they need does not answer, or is deleted. */
class WaitFaultsTest extends OtherBuildCase {
    /** More than there are threads for the beginning of applications. */
    private static final int MANY = 9;

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    @Override
    public void stop() throws IOException {
        release.countDown();
        super.stop();
    }

    /** A credential of a plugin that asks a server for it, which does not answer until the test ends. */
    private record HungCredential(String getId, CountDownLatch release, AtomicInteger hanging)
            implements StandardCredentials, KubernetesAuth {
        @Override
        public String getDescription() {
            return getId;
        }

        @Override
        public ConfigBuilder decorate(ConfigBuilder builder, KubernetesAuthConfig config) {
            hanging.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return builder;
        }
    }

    @Test
    void waitsOfACredentialThatHangsDelayNeitherTheirAbortsNorOtherClusters() {
        KubernetesApiServer neighbour = KubernetesApiServer.builder().start();
        try {
            controller.addCluster("neighbour", neighbour);
            ApplicationRecord record = deploy();
            AtomicInteger hanging = new AtomicInteger();
            CredentialsProvider.put("test", new HungCredential("test", release, hanging));
            List<Waiting> stuck = IntStream.range(0, MANY)
                    .mapToObj(i -> build("job", "wait-" + i).waitFor(id(record)))
                    .toList();
            await().until(() -> hanging.get() == MANY);
            controller.context().followers().each(Followers.Follower::changed);

            stuck.forEach(waiting -> waiting.wait.abort(new Exception("enough")));
            SparkK8sSubmitStep step = step();
            step.setCluster("neighbour");
            Application elsewhere = controller.application(step, "elsewhere").start();

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> SparkApplicationsAction.find(controller.run, "elsewhere")
                            .map(ApplicationRecord::hasDriver)
                            .orElse(false));
            assertThat(stuck)
                    .allSatisfy(waiting -> assertThat(waiting.end)
                            .failsWithin(Duration.ofSeconds(15))
                            .withThrowableThat()
                            .withMessageContaining("enough"));
            elsewhere.lifecycle.abort(new Exception("enough"));
        } finally {
            release.countDown();
            neighbour.close();
        }
    }

    /** Nothing but the build that waits has the record any more. */
    @Test
    void seesTheEndThoughTheBuildWithTheRecordWasDeletedBeforeItHadAnOwner() {
        ApplicationRecord record = deploy();
        Waiting waiting = other.waitFor(id(record));
        awaitWatched(other);
        controller.restart();
        waiting.resume();
        await().until(() -> other.log().contains("the controller has restarted"));
        controller.items.clear();

        controller.lookForApplications();
        controller.driverEnds(0);

        await().untilAsserted(() -> {
            controller.lookForApplications();
            assertThat(waiting.end)
                    .isCompletedWithValueMatching(
                            end -> SparkApplicationRun.of(end).isSuccess());
        });
    }

    @Test
    void aSecondWaitContinuesTheLogOfTheFirst() {
        ApplicationRecord record = deploy();
        for (int i = 0; i < 3; i++) {
            Waiting waiting = other.waitFor(OtherBuild.timeout(id(record), Duration.ofSeconds(1), false));
            await().until(() -> waiting.end.isCompletedExceptionally());
        }
        awaitWatched(other);
        controller
                .client
                .pods()
                .inNamespace("default")
                .withName(record.handle().driverPodName())
                .edit(pod -> pod.edit()
                        .editMetadata()
                        .addToLabels("changed", "1")
                        .endMetadata()
                        .build());
        Waiting last = other.waitFor(id(record));
        controller.driverEnds(0);

        assertThat(SparkApplicationRun.of(last.end.join()).isSuccess()).isTrue();
        assertThat(SparkApplicationsAction.of(other).applications()).hasSize(1);
        assertThat(other.boxes()).hasSize(1);
        assertThat(SparkApplicationsAction.of(other).getTotal()).isEqualTo(1);
        assertThat(other.log().lines().filter(line -> line.contains("[driver] Running (")))
                .hasSize(1);
        assertThat(folders.resolve("job").toFile().list((folder, name) -> name.endsWith(".checkpoint")))
                .isEmpty();
    }

    @Test
    void anAbortStopsTheApplicationAlsoBeforeTheWaitHasFoundIt() {
        ApplicationRecord record = deploy();
        controller.lookForApplications();
        CountDownLatch busy = new CountDownLatch(1);
        for (int i = 0; i < MANY - 1; i++) {
            controller.context().threads().start().execute(() -> {
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        Waiting waiting = other.waitFor(new WaitArguments(id(record), null, null, true));
        waiting.wait.abort(new Exception("enough"));
        busy.countDown();

        await().until(record::hasEnded);
        assertThat(SparkApplicationRun.of(record).getReason())
                .isEqualTo("The application was stopped by sparkK8sWait of job #2.");
        assertThat(waiting.end).isCompletedExceptionally();
    }
}
