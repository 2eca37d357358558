package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of a build offers to its script. */
@WithJenkins
class BuildPageTest extends PageCase {
    private static final String PLACE = "class=\"spark-applications\"";

    @Test
    void aBuildThatWillBeginAnApplicationHasAPlaceForIt() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, "sleep 600; " + Jobs.OF_THE_IMAGE);
        jenkins.waitForMessage("Sleeping", run);

        assertThat(text(run.getUrl())).contains(PLACE, "data-empty=\"true\"", "spark/overview/");
        assertThat(text(run.getUrl() + "spark/overview/"))
                .contains("data-empty=\"true\"", "data-active=\"true\"")
                .doesNotContain("spark-application\"");

        run.doStop();
        jenkins.waitForCompletion(run);
        assertThat(text(run.getUrl())).doesNotContain(PLACE);
        assertThat(get(null, run.getUrl() + "spark/overview/").getStatusCode()).isEqualTo(404);
    }

    @Test
    void aBuildWithoutTheStepHasNothing() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, "sleep 600");
        jenkins.waitForMessage("Sleeping", run);

        assertThat(text(run.getUrl())).doesNotContain("spark-applications");
        assertThat(get(null, run.getUrl() + "spark/").getStatusCode()).isEqualTo(404);

        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void thePageOfAllIsKeptUpToDateByItsRows() throws Exception {
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        cluster.startDriver();
        Jobs.awaitState(run, "running");

        assertThat(text(run.getUrl())).contains(PLACE, "data-empty=\"false\"");
        assertThat(text(run.getUrl() + "spark/")).contains("data-active=\"true\"", "spark/rows/", "data-number=\"1\"");
        assertThat(get(null, run.getUrl() + "spark/rows/1/").getContentType()).isEqualTo("text/html");
        assertThat(text(run.getUrl() + "spark/rows/1/"))
                .contains("data-active=\"true\"", "data-settled=\"false\"", "data-style=\"running\"");
        assertThat(text(run.getUrl() + "spark/rows/2/")).doesNotContain("<tr");

        cluster.endDriver(cluster.awaitDriver(), 0);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(text(run.getUrl() + "spark/rows/1/")).contains("data-active=\"false\"", "data-settled=\"true\"");
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
        showOnlyToReader(run.getParent());

        assertThat(get(READER, run.getUrl() + "spark/rows/1/").getStatusCode()).isEqualTo(200);
        assertThat(get(STRANGER, run.getUrl() + "spark/rows/1/").getStatusCode())
                .isEqualTo(404);
    }
}
