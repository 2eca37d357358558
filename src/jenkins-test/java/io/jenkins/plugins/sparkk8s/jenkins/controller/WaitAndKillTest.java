package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps for an application that another step has submitted, in sandboxed Pipelines. */
@WithJenkins
class WaitAndKillTest extends ClusterCase {
    private static final String SUBMIT = "def app = " + Jobs.OF_THE_IMAGE + ", waitForCompletion: false\n";

    /** The id of the one application, which keeps running. */
    private String submit() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, SUBMIT);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        cluster.startDriver();
        return Jobs.applications(run).get(0).getApplicationId();
    }

    @Test
    void aLaterStageWaitsForTheObjectOfTheSubmission() throws Exception {
        WorkflowRun run = Jobs.start(
                jenkins,
                SUBMIT + "def end = sparkK8sWait app\necho \"${end.result} ${end.exitCode} ${end.submittedBy}\"");
        cluster.endDriver(cluster.startDriver(), 0);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("SUCCEEDED 0 " + run.getFullDisplayName(), run);
        assertThat(Jobs.applications(run)).hasSize(1);
    }

    @Test
    void anotherJobWaitsAndFailsAsTheApplication() throws Exception {
        String id = submit();

        WorkflowRun run = Jobs.start(jenkins, "other", "sparkK8sWait application: '" + id + "'");
        Jobs.awaitState(run, "running");
        cluster.endDriver(cluster.awaitDriver(), 7);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(Jobs.applications(run).get(0).getExitCode()).isEqualTo(7);
    }

    @Test
    void killSaysWhatItDid() throws Exception {
        String id = submit();

        WorkflowRun run = Jobs.start(
                jenkins,
                "other",
                "for (int i = 0; i < 2; i++) {\n  def kill = sparkK8sKill '" + id
                        + "'\n  echo \"${kill.killed} ${kill.removed} ${kill.application.result}\"\n}");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("true true ABORTED", run);
        jenkins.assertLogContains("false true ABORTED", run);
        assertThat(cluster.drivers()).isEmpty();
    }

    /** Builds run as SYSTEM here, which has every permission and stands for no user. */
    @Test
    void aJobGetsNoApplicationOfAnotherJobByItself() throws Exception {
        String id = submit();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toEveryone());

        WorkflowRun run = Jobs.start(jenkins, "other", "sparkK8sKill '" + id + "'");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Jenkins has no application '" + id + "' that this build may stop", run);
        assertThat(cluster.drivers()).hasSize(1);
    }
}
