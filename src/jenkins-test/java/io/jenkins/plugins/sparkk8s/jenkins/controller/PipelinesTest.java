package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PipelinesTest extends ClusterCase {
    @TempDir
    Path uploads;

    private WorkflowRun succeed(WorkflowRun run) throws Exception {
        cluster.endDriver(cluster.startDriver(), 0);
        return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    private void interrupt(WorkflowRun run) {
        run.doStop();
    }

    @Test
    void aSandboxedScriptReadsTheResult() throws Exception {
        WorkflowRun run = succeed(Jobs.start(
                jenkins,
                "def run = " + Jobs.OF_THE_IMAGE
                        + "\necho \"${run.result} ${run.success} ${run.exitCode} ${run.driverPod} ${run.peakExecutors}"
                        + " ${run.cluster} ${run.namespace} ${run.duration != null} ${run.details}\""));

        jenkins.assertLogContains("SUCCEEDED true 0 org-example-app", run);
        jenkins.assertLogContains(" 0 test default true []", run);
        assertThat(cluster.creations()).isEqualTo(1);
    }

    @Test
    void noExecutorIsHeldOutsideNode() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.awaitDriver();

        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        succeed(run);
    }

    @Test
    void aFailedApplicationFailsTheBuildWithItsExitCode() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.endDriver(cluster.startDriver(), 7);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(Jobs.applications(run).get(0).getExitCode()).isEqualTo(7);
        assertThat(run.getLog(1000)).noneMatch(line -> line.startsWith("\tat "));
    }

    /** The Pipeline's own file: a value that withCredentials gives to a script may be an argument. */
    @Test
    void noArgumentStandsInTheStateOfARunningBuild() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE + ", args: ['--password', 'hunter' + '2-Secret']");
        Pod driver = cluster.startDriver();
        Jobs.awaitState(run, "running");

        Path state = run.getRootDir().toPath().resolve("program.dat");
        assertThat(Files.readString(state, StandardCharsets.ISO_8859_1))
                .contains("SparkK8sSubmitExecution")
                .doesNotContain("hunter2-Secret", "--password");
        cluster.endDriver(driver, 0);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void remoteApiHasTheApplication() throws Exception {
        WorkflowRun run = succeed(Jobs.start(jenkins, Jobs.OF_THE_IMAGE));

        JSONObject answer = jenkins.getJSON(run.getUrl() + "spark/api/json").getJSONObject();
        JSONObject application = answer.getJSONArray("applications").getJSONObject(0);
        assertThat(application.getString("result")).isEqualTo("SUCCEEDED");
        assertThat(application.getString("driverPod")).startsWith("org-example-app");
        assertThat(answer.getInt("total")).isEqualTo(1);
    }

    @Test
    void thePagesShowTheApplication() throws Exception {
        WorkflowRun run = succeed(Jobs.start(jenkins, Jobs.OF_THE_IMAGE));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String pod = Jobs.applications(run).get(0).getDriverPod();
            assertThat(browser.getPage(run).asNormalizedText()).contains(pod);
            assertThat(browser.getPage(run, "spark/").asNormalizedText()).contains(pod);
        }
    }

    @Test
    void abortRemovesTheDriver() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.startDriver();
        Jobs.awaitState(run, "running");

        interrupt(run);

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(cluster.drivers()).isEmpty();
        jenkins.assertLogContains("removed driver pod", run);
    }

    @Test
    void abortWhileTheDriverIsCreatedLeavesNone() throws Exception {
        cluster.server.faults().stall(100, RequestMatch.of("create", "pods"));
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        Jobs.awaitState(run, "creating");

        interrupt(run);

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(cluster.drivers()).isEmpty();
    }

    @Test
    void aSecondAbortDoesNotWaitForTheCluster() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.startDriver();
        Jobs.awaitState(run, "running");
        cluster.server.faults().stall(1000, RequestMatch.of("*", "pods"));

        interrupt(run);
        await().atMost(TestCluster.SOON).until(() -> run.getLog(1000).contains("[spark] aborted"));
        interrupt(run);

        await().atMost(Duration.ofSeconds(20)).until(() -> !run.isBuilding());
        jenkins.assertBuildStatus(Result.ABORTED, run);
    }

    @Test
    void aJobOfAnotherFolderGetsNoCluster() throws Exception {
        SparkCluster restricted = cluster.cluster(TestCluster.NAME);
        restricted.setFolders("team");
        SparkClusters.get().setClusters(List.of(restricted));
        WorkflowJob outside =
                Jobs.create(jenkins, Jobs.OF_THE_IMAGE.replace("sparkK8sSubmit", "sparkK8sSubmit cluster: 'test',"));
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowJob inside = Jobs.create(team, Jobs.OF_THE_IMAGE);

        WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, outside.scheduleBuild2(0));
        jenkins.assertLogContains("no Spark cluster", refused);
        assertThat(cluster.drivers()).isEmpty();
        succeed(inside.scheduleBuild2(0).waitForStart());
    }

    @Test
    void infrastructureFailuresAreRetriedAndOthersAreNot() throws Exception {
        String script = "retry(count: 2, conditions: [sparkInfrastructure()]) { %s }".formatted(Jobs.OF_THE_IMAGE);
        WorkflowRun run = Jobs.start(jenkins, script);
        Pod lost = cluster.startDriver();
        Jobs.awaitState(run, "running");
        cluster.preemptDriver(lost);
        await().atMost(TestCluster.SOON)
                .until(
                        cluster::drivers,
                        pods -> pods.size() == 1
                                && !pods.get(0)
                                        .getMetadata()
                                        .getUid()
                                        .equals(lost.getMetadata().getUid()));
        Pod second = cluster.startDriver();
        cluster.endDriver(second, 0);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(cluster.creations()).isEqualTo(2);

        cluster.client
                .pods()
                .inNamespace(TestCluster.NAMESPACE)
                .withGracePeriod(0)
                .delete();
        WorkflowRun failing = ((WorkflowJob) run.getParent()).scheduleBuild2(0).waitForStart();
        cluster.endDriver(cluster.startDriver(), 1);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(failing));
        assertThat(cluster.creations()).isEqualTo(3);

        cluster.deleteDriver(cluster.awaitDriver());
        WorkflowRun stopped = ((WorkflowJob) run.getParent()).scheduleBuild2(0).waitForStart();
        cluster.deleteDriver(cluster.startDriver());
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(stopped));
        assertThat(cluster.creations()).isEqualTo(4);
    }

    @Test
    void anAgentStagesFromItsWorkspace() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        SparkCluster staging = cluster.cluster(TestCluster.NAME);
        staging.setUploadPath(uploads.toUri().toString());
        SparkClusters.get().setClusters(List.of(staging));

        WorkflowRun run = Jobs.start(jenkins, """
                node('%s') {
                    writeFile file: 'app.jar', text: 'not a jar'
                    sparkK8sSubmit application: 'app.jar', mainClass: 'org.example.App', deleteUploads: false
                }
                """.formatted(agent.getNodeName()));
        succeed(run);

        try (Stream<Path> files = Files.walk(uploads)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> file.endsWith("app.jar")))
                    .hasSize(1);
        }
        assertThat(Jobs.applications(run).get(0).getBytesUploaded()).isEqualTo("not a jar".length());
    }

    @Test
    void uploadsAreRemovedAtTheEnd() throws Exception {
        SparkCluster staging = cluster.cluster(TestCluster.NAME);
        staging.setUploadPath(uploads.toUri().toString());
        SparkClusters.get().setClusters(List.of(staging));

        succeed(Jobs.start(jenkins, """
                node {
                    writeFile file: 'app.jar', text: 'not a jar'
                    sparkK8sSubmit application: 'app.jar', mainClass: 'org.example.App',
                            conf: ['spark.kubernetes.submit.uploads': 'spark']
                }
                """));

        try (Stream<Path> files = Files.walk(uploads)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aBuildThatDoesNotWaitEndsWithTheSubmission() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE + ", waitForCompletion: false");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        cluster.endDriver(cluster.startDriver(), 0);

        await().atMost(TestCluster.SOON)
                .until(() -> "SUCCEEDED".equals(Jobs.applications(run).get(0).getResult()));
    }
}
