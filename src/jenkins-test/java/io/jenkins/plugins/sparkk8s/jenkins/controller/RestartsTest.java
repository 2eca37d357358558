package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller goes down and another comes up, at each point of an application's life. */
class RestartsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void stop() {
        cluster.close();
    }

    private WorkflowRun begin(JenkinsRule jenkins) throws Exception {
        cluster.configure();
        return Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
    }

    private WorkflowRun succeeds(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Jobs.first(jenkins)));
        assertThat(Jobs.applications(run))
                .singleElement()
                .satisfies(application -> assertThat(application.getResult()).isEqualTo("SUCCEEDED"));
        return run;
    }

    @Test
    void resumesARunningApplication() throws Throwable {
        Pod[] driver = new Pod[1];
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins);
            driver[0] = cluster.startDriver();
            Jobs.awaitState(run, "running");
        });
        sessions.then(jenkins -> {
            Jobs.awaitState(Jobs.first(jenkins), "running");
            cluster.endDriver(driver[0], 0);
            succeeds(jenkins);
        });
        assertThat(cluster.creations()).isEqualTo(1);
    }

    @Test
    void reportsAnApplicationThatEndedDuringTheRestart() throws Throwable {
        Pod[] driver = new Pod[1];
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins);
            driver[0] = cluster.startDriver();
            Jobs.awaitState(run, "running");
        });
        cluster.endDriver(driver[0], 0);
        sessions.then(this::succeeds);
        assertThat(cluster.creations()).isEqualTo(1);
    }

    @Test
    void failsTheBuildOfAnApplicationThatFailedDuringTheRestart() throws Throwable {
        Pod[] driver = new Pod[1];
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins);
            driver[0] = cluster.startDriver();
            Jobs.awaitState(run, "running");
        });
        cluster.endDriver(driver[0], 3);
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(Jobs.first(jenkins)));
            assertThat(Jobs.applications(run).get(0).getExitCode()).isEqualTo(3);
        });
    }

    @Test
    void aPodThatWasNotYetCreatedIsCreatedOnce() throws Throwable {
        sessions.then(jenkins -> {
            cluster.server.faults().stall(100, RequestMatch.of("create", "pods"));
            Jobs.awaitState(begin(jenkins), "creating");
        });
        cluster.server.faults().clear();
        sessions.then(jenkins -> {
            cluster.endDriver(cluster.startDriver(), 0);
            succeeds(jenkins);
        });
        assertThat(cluster.drivers()).hasSize(1);
    }

    @Test
    void aSubmissionThatWasPreparedIsBegunAgain() throws Throwable {
        sessions.then(jenkins -> {
            cluster.server.faults().stall(1, RequestMatch.of("create", "selfsubjectrulesreviews"));
            Jobs.awaitState(begin(jenkins), "staging");
            await().atMost(TestCluster.SOON).until(() -> cluster.server.faults().pending() == 0);
        });
        cluster.server.faults().clear();
        sessions.then(jenkins -> {
            cluster.endDriver(cluster.startDriver(), 0);
            succeeds(jenkins);
        });
        assertThat(cluster.creations()).isEqualTo(1);
    }

    @Test
    void abortWorksAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins);
            cluster.startDriver();
            Jobs.awaitState(run, "running");
        });
        sessions.then(jenkins -> {
            WorkflowRun run = Jobs.first(jenkins);
            Jobs.awaitState(run, "running");
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
        await().atMost(TestCluster.SOON).until(() -> cluster.drivers().isEmpty());
    }

    @Test
    void twoRestartsAreAsGoodAsOne() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins);
            cluster.startDriver();
            Jobs.awaitState(run, "running");
        });
        sessions.then(jenkins -> Jobs.awaitState(Jobs.first(jenkins), "running"));
        cluster.endDriver(cluster.awaitDriver(), 0);
        sessions.then(this::succeeds);
        assertThat(cluster.creations()).isEqualTo(1);
    }
}
