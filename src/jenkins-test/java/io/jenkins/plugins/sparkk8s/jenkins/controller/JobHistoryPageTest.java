package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of a job shows of its last applications. */
@WithJenkins
class JobHistoryPageTest extends PageCase {
    private static final String PLACE = "class=\"spark-history-place\"";

    private WorkflowRun ended() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.endDriver(cluster.startDriver(), 0);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        return run;
    }

    @Test
    void aJobShowsItsApplicationsWhenOneHasEnded() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "without");
        assertThat(text(other.getUrl())).doesNotContain(PLACE, "spark/recent");
        WorkflowJob job = ended().getParent();

        assertThat(text(job.getUrl())).contains(PLACE, "spark/recent/");
        assertThat(text(job.getUrl() + "spark/recent/"))
                .contains("class=\"spark-history\"", "<svg", "class=\"jenkins-table", ">#1</a>")
                .doesNotContain("open=");
        assertThat(text(job.getUrl() + "spark/")).contains(">#1</a>", "Succeeded", "open=\"open\"");
        assertThat(text(job.getUrl() + "spark/api/json"))
                .contains(
                        "\"build\":1",
                        "\"result\":\"SUCCEEDED\"",
                        "\"durationMillis\":",
                        "\"executorsRequested\":\"2\"");
        assertThat(text(job.getUrl() + "api/json")).doesNotContain("durationMillis");
    }

    @Test
    void theHistoryFollowsTheJobAndItsBuilds() throws Exception {
        WorkflowRun run = ended();
        WorkflowJob job = run.getParent();
        WorkflowJob copy = (WorkflowJob) jenkins.jenkins.<WorkflowJob>copy(job, "copy");

        job.renameTo("renamed");
        assertThat(text(job.getUrl() + "spark/")).contains("job/renamed/1/", ">#1</a>");
        assertThat(text(copy.getUrl())).doesNotContain(PLACE);
        run.delete();
        assertThat(text(job.getUrl() + "spark/")).doesNotContain(">#1</a>").contains("No application has ended");
    }

    @Test
    void theHistoryIsForThoseWhoMayReadTheJob() throws Exception {
        WorkflowJob job = ended().getParent();
        showOnlyToReader(job);

        for (String path : new String[] {"spark/", "spark/recent/", "spark/api/json"}) {
            assertThat(get(READER, job.getUrl() + path).getStatusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(get(STRANGER, job.getUrl() + path).getStatusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }
}
