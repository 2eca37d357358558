package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller in a process of its own, with a class loader for each plugin, which can be killed. */
class RealControllerTest {
    private static final String STAGING = """
            node {
                writeFile file: 'app.jar', text: 'not a jar'
                sparkK8sSubmit application: 'app.jar', mainClass: 'org.example.App',
                    conf: ['spark.kubernetes.submit.uploads': 'spark']
            }
            """;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    private final TestCluster cluster = new TestCluster();

    @TempDir
    Path uploads;

    @BeforeEach
    void start() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(
                RealControllerTest::configure,
                cluster.server.url(),
                cluster.server.caCertificatePem(),
                cluster.server.adminToken(),
                uploads.toUri().toString());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static void configure(JenkinsRule jenkins, String url, String authority, String token, String uploadPath)
            throws Exception {
        TestCluster.configure(url, authority, token, uploadPath);
    }

    private static void begin(JenkinsRule jenkins, String script) throws Exception {
        Jobs.start(jenkins, script);
    }

    private static Boolean isKnownToRun(JenkinsRule jenkins) throws Exception {
        Jobs.awaitState(Jobs.first(jenkins), "running");
        return true;
    }

    /** What the build has kept when it has ended. */
    private record Kept(String buildResult, int applications, String result, long bytes, String log)
            implements Serializable {}

    private static Kept end(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.waitForCompletion(Jobs.first(jenkins));
        SparkApplicationRun application = Jobs.applications(run).get(0);
        return new Kept(
                String.valueOf(run.getResult()),
                Jobs.applications(run).size(),
                application.getResult(),
                application.getBytesUploaded(),
                JenkinsRule.getLog(run));
    }

    @Test
    void aPipelineUploadsSubmitsWaitsAndCleansUp() throws Throwable {
        controller.runRemotely(RealControllerTest::begin, STAGING);
        Pod driver = cluster.startDriver();
        assertThat(uploaded()).isEqualTo(1);
        cluster.endDriver(driver, 0);

        Kept end = controller.runRemotely(RealControllerTest::end);

        assertThat(end.log()).contains("SUCCEEDED").doesNotContain("\tat ");
        assertThat(end.buildResult()).isEqualTo("SUCCESS");
        assertThat(end.bytes()).isEqualTo("not a jar".length());
        assertThat(uploaded()).isZero();
    }

    @Test
    void aControllerThatIsKilledFindsItsApplicationAgain() throws Throwable {
        controller.runRemotely(RealControllerTest::begin, Jobs.OF_THE_IMAGE);
        Pod driver = cluster.startDriver();
        assertThat(controller.runRemotely(RealControllerTest::isKnownToRun)).isTrue();

        controller.stopJenkinsForcibly();
        cluster.endDriver(driver, 0);
        controller.startJenkins();

        Kept end = controller.runRemotely(RealControllerTest::end);
        assertThat(end.buildResult()).as(end.log()).isEqualTo("SUCCESS");
        assertThat(end.applications()).isEqualTo(1);
        assertThat(end.result()).isEqualTo("SUCCEEDED");
        assertThat(cluster.creations()).isEqualTo(1);
        assertThat(end.log().lines().filter(line -> line.startsWith("[driver]")))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void aControllerThatIsKilledAsThePodIsCreatedMakesNoSecondOne() throws Throwable {
        controller.runRemotely(RealControllerTest::begin, Jobs.OF_THE_IMAGE);
        await().atMost(TestCluster.SOON).until(() -> cluster.creations() == 1);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        cluster.endDriver(cluster.startDriver(), 0);

        Kept end = controller.runRemotely(RealControllerTest::end);
        assertThat(end.buildResult()).as(end.log()).isEqualTo("SUCCESS");
        assertThat(cluster.drivers()).hasSize(1);
        assertThat(cluster.creations()).isEqualTo(1);
    }

    @Test
    void aPodThatWasCreatedWithoutTheControllersKnowingIsTakenOver() throws Throwable {
        cluster.server.faults().answerAfterDoing(1, RequestMatch.of("create", "pods"), 500);
        cluster.server.faults().stall(100, RequestMatch.of("create", "pods"));
        controller.runRemotely(RealControllerTest::begin, Jobs.OF_THE_IMAGE);
        Pod driver = cluster.awaitDriver();
        controller.stopJenkinsForcibly();
        cluster.server.faults().clear();

        controller.startJenkins();
        cluster.endDriver(cluster.startDriver(), 0);

        Kept end = controller.runRemotely(RealControllerTest::end);
        assertThat(end.buildResult()).as(end.log()).isEqualTo("SUCCESS");
        assertThat(end.log()).contains("had already been created");
        assertThat(cluster.awaitDriver().getMetadata().getUid())
                .isEqualTo(driver.getMetadata().getUid());
    }

    private long uploaded() throws Exception {
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
