package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of a build offers to its script. */
@WithJenkins
class BuildPageTest {
    private static final String PLACE = "class=\"spark-applications\"";

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

    private WebResponse get(String user, WorkflowRun run, String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
            if (user != null) {
                browser.withBasicApiToken(user);
            }
            // A page that is not there would lead on to one that is.
            return browser.loadWebResponse(new WebRequest(new URL(jenkins.getURL(), run.getUrl() + path)));
        }
    }

    private String text(WorkflowRun run, String path) throws Exception {
        WebResponse answer = get(null, run, path);
        assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
        return answer.getContentAsString();
    }

    @Test
    void aBuildThatWillBeginAnApplicationHasAPlaceForIt() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, "sleep 600; " + Jobs.OF_THE_IMAGE);
        jenkins.waitForMessage("Sleeping", run);

        assertThat(text(run, "")).contains(PLACE, "data-empty=\"true\"", "spark/overview/");
        assertThat(text(run, "spark/overview/"))
                .contains("data-empty=\"true\"", "data-active=\"true\"")
                .doesNotContain("spark-application\"");

        run.doStop();
        jenkins.waitForCompletion(run);
        assertThat(text(run, "")).doesNotContain(PLACE);
        assertThat(get(null, run, "spark/overview/").getStatusCode()).isEqualTo(404);
    }

    @Test
    void aBuildWithoutTheStepHasNothing() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, "sleep 600");
        jenkins.waitForMessage("Sleeping", run);

        assertThat(text(run, "")).doesNotContain("spark-applications");
        assertThat(get(null, run, "spark/").getStatusCode()).isEqualTo(404);

        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void thePageOfAllIsKeptUpToDateByItsRows() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.startDriver();
        Jobs.awaitState(run, "running");

        assertThat(text(run, "")).contains(PLACE, "data-empty=\"false\"");
        assertThat(text(run, "spark/")).contains("data-active=\"true\"", "spark/rows/", "data-number=\"1\"");
        assertThat(get(null, run, "spark/rows/1/").getContentType()).isEqualTo("text/html");
        assertThat(text(run, "spark/rows/1/"))
                .contains("data-active=\"true\"", "data-settled=\"false\"", "data-style=\"running\"");
        assertThat(text(run, "spark/rows/2/")).doesNotContain("<tr");

        cluster.endDriver(cluster.awaitDriver(), 0);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(text(run, "spark/rows/1/")).contains("data-active=\"false\"", "data-settled=\"true\"");
    }

    /** By the script, in a browser. */
    @Test
    void theBoxesOfAnOpenPageFollowTheBuild() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, "sleep 15; " + Jobs.OF_THE_IMAGE);
        jenkins.waitForMessage("Sleeping", run);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo(run.getUrl());
            assertThat(page.<DomElement>querySelectorAll(".spark-application")).isEmpty();

            Pod driver = cluster.startDriver();
            awaitStyle(browser, page, "running");
            DomElement box = page.querySelector(".spark-application");
            cluster.endDriver(driver, 0);

            awaitStyle(browser, page, "success");
            assertThat(page.<DomElement>querySelector(".spark-application")).isSameAs(box);
            assertThat(page.<DomElement>querySelector(".spark-applications").getAttribute("data-empty"))
                    .isEqualTo("false");
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    private static void awaitStyle(JenkinsRule.WebClient browser, HtmlPage page, String style) {
        await().atMost(TestCluster.SOON).untilAsserted(() -> {
            browser.waitForBackgroundJavaScript(500);
            assertThat(page.<DomElement>querySelectorAll(".spark-application[data-style='" + style + "']"))
                    .hasSize(1);
        });
    }

    @Test
    void rowsAreForThoseWhoMayReadTheBuild() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.endDriver(cluster.awaitDriver(), 0);
        jenkins.waitForCompletion(run);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        WorkflowJob job = run.getParent();
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "stranger")
                .grant(Item.READ)
                .onItems(job)
                .to("reader"));

        assertThat(get("reader", run, "spark/rows/1/").getStatusCode()).isEqualTo(200);
        assertThat(get("stranger", run, "spark/rows/1/").getStatusCode()).isEqualTo(404);
    }
}
