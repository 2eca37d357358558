package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines of the tests. */
final class Jobs {
    /** An application of the image: needs no workspace and no upload. */
    static final String OF_THE_IMAGE =
            "sparkK8sSubmit application: 'local:///opt/app.jar', mainClass: 'org.example.App'";

    static final String NAME = "report";

    private Jobs() {}

    static WorkflowJob create(JenkinsRule jenkins, String script) throws Exception {
        return define(jenkins.createProject(WorkflowJob.class, NAME), script);
    }

    static WorkflowJob create(Folder folder, String script) throws Exception {
        return define(folder.createProject(WorkflowJob.class, NAME), script);
    }

    private static WorkflowJob define(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        return start(jenkins, NAME, script);
    }

    static WorkflowRun start(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = define(jenkins.createProject(WorkflowJob.class, name), script);
        return Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
    }

    /** The first build, in a controller that has loaded it. */
    static WorkflowRun first(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName(NAME, WorkflowJob.class).getBuildByNumber(1);
    }

    static List<SparkApplicationRun> applications(WorkflowRun run) {
        return SparkApplicationsAction.of(run).getApplications();
    }

    static void awaitState(WorkflowRun run, String state) {
        await().atMost(TestCluster.SOON)
                .until(() -> applications(run).stream()
                        .anyMatch(application -> application.getState().equals(state)));
    }
}
