package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkQueue;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import jenkins.metrics.api.Metrics;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Applications that wait until their cluster takes one more, and what an administrator sees of them. */
class QueueTest {
    private static final String READER = "reader";
    private static final String ADMIN = "admin";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void limit(int maxApplications) {
        SparkCluster limited = cluster.cluster(TestCluster.NAME);
        limited.setMaxApplications(maxApplications);
        SparkClusters.get().setClusters(List.of(limited));
    }

    private WorkflowRun beginQueued(JenkinsRule jenkins) throws Exception {
        cluster.configure();
        limit(0);
        WorkflowRun run = Jobs.start(jenkins, Jobs.OF_THE_IMAGE);
        awaitPlace(run);
        return run;
    }

    private static void awaitPlace(WorkflowRun run) {
        Jobs.awaitState(run, "queued");
        await().atMost(TestCluster.SOON).until(() -> {
            SparkQueue queue = Jobs.applications(run).get(0).getQueue();
            return queue != null && queue.getPosition() != null;
        });
    }

    @Test
    void waitsOverARestartAndRunsWhenTheLimitIsRaised() throws Throwable {
        sessions.then(this::beginQueued);
        assertThat(cluster.creations()).isZero();
        sessions.then(jenkins -> {
            WorkflowRun run = Jobs.first(jenkins);
            awaitPlace(run);
            limit(1);
            cluster.endDriver(cluster.startDriver(), 0);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains(
                    "[spark] queued at position 1: the Spark cluster test takes no applications", run);
            jenkins.assertLogContains("[spark] left the queue of the Spark cluster test after", run);
        });
    }

    @Test
    void anAbortTakesItFromTheQueue() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = beginQueued(jenkins);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(Jobs.applications(run).get(0).getResult()).isEqualTo("ABORTED");
        });
        assertThat(cluster.creations()).isZero();
    }

    @Test
    void isOnThePageForAdministratorsAlone() throws Throwable {
        sessions.then(jenkins -> {
            beginQueued(jenkins);
            JSONObject page = jenkins.getJSON("spark-applications/api/json").getJSONObject();
            JSONObject queued = page.getJSONArray("queued").getJSONObject(0);
            assertThat(queued.getString("build")).isEqualTo(Jobs.NAME + "#1");
            assertThat(queued.getJSONObject("application").getString("state")).isEqualTo("queued");
            assertThat(queued.getJSONObject("application")
                            .getJSONObject("queue")
                            .getInt("position"))
                    .isEqualTo(1);
            assertThat(page.getJSONArray("clusters").getJSONObject(0).getInt("queued"))
                    .isEqualTo(1);
            assertThat(page.getJSONArray("clusters")
                            .getJSONObject(0)
                            .getJSONObject("apiErrors")
                            .getInt("unreachable"))
                    .isZero();

            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .to(READER)
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to(ADMIN));
            assertThat(status(jenkins, READER)).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
            assertThat(status(jenkins, ADMIN)).isEqualTo(HttpURLConnection.HTTP_OK);
        });
    }

    private static int status(JenkinsRule jenkins, String user) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.withBasicApiToken(user).setThrowExceptionOnFailingStatusCode(false);
            return browser.getPage(new URL(jenkins.getURL(), "spark-applications/from/0/api/json"))
                    .getWebResponse()
                    .getStatusCode();
        }
    }

    @Test
    void isCountedByTheMetricsPlugin() throws Throwable {
        sessions.then(jenkins -> {
            beginQueued(jenkins);
            await().atMost(TestCluster.SOON)
                    .until(() -> Metrics.metricRegistry().getGauges().containsKey("sparkk8s.applications.queued"));
            assertThat(Metrics.metricRegistry()
                            .getGauges()
                            .get("sparkk8s.applications.queued")
                            .getValue())
                    .isEqualTo(1L);
        });
    }
}
