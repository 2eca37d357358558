package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of a job shows of its last applications. */
@WithJenkins
class JobHistoryPageTest {
    private static final String PLACE = "class=\"spark-history-place\"";

    private final TestCluster cluster = new TestCluster();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster.configure();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private WebResponse get(String user, WorkflowJob job, String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
            if (user != null) {
                browser.withBasicApiToken(user);
            }
            return browser.loadWebResponse(new WebRequest(new URL(jenkins.getURL(), job.getUrl() + path)));
        }
    }

    private String text(WorkflowJob job, String path) throws Exception {
        WebResponse answer = get(null, job, path);
        assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
        return answer.getContentAsString();
    }

    private WorkflowRun ended() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.endDriver(cluster.startDriver(), 0);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        return run;
    }

    @Test
    void aJobShowsItsApplicationsWhenOneHasEnded() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "without");
        assertThat(text(other, "")).doesNotContain(PLACE, "spark/recent");
        WorkflowJob job = ended().getParent();

        assertThat(text(job, "")).contains(PLACE, "spark/recent/");
        assertThat(text(job, "spark/recent/"))
                .contains("class=\"spark-history\"", "<svg", "class=\"jenkins-table", ">#1</a>")
                .doesNotContain("open=");
        assertThat(text(job, "spark/")).contains(">#1</a>", "Succeeded", "open=\"open\"");
        assertThat(text(job, "spark/api/json"))
                .contains(
                        "\"build\":1",
                        "\"result\":\"SUCCEEDED\"",
                        "\"durationMillis\":",
                        "\"executorsRequested\":\"2\"");
        assertThat(text(job, "api/json")).doesNotContain("durationMillis");
    }

    @Test
    void theHistoryFollowsTheJobAndItsBuilds() throws Exception {
        WorkflowRun run = ended();
        WorkflowJob job = run.getParent();
        WorkflowJob copy = (WorkflowJob) jenkins.jenkins.<WorkflowJob>copy(job, "copy");

        job.renameTo("renamed");
        assertThat(text(job, "spark/")).contains("job/renamed/1/", ">#1</a>");
        assertThat(text(copy, "")).doesNotContain(PLACE);
        run.delete();
        assertThat(text(job, "spark/")).doesNotContain(">#1</a>").contains("No application has ended");
    }

    @Test
    void theHistoryIsForThoseWhoMayReadTheJob() throws Exception {
        WorkflowJob job = ended().getParent();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "stranger")
                .grant(Item.READ)
                .onItems(job)
                .to("reader"));

        for (String path : new String[] {"spark/", "spark/recent/", "spark/api/json"}) {
            assertThat(get("reader", job, path).getStatusCode()).as(path).isEqualTo(200);
            assertThat(get("stranger", job, path).getStatusCode()).as(path).isEqualTo(404);
        }
    }
}
