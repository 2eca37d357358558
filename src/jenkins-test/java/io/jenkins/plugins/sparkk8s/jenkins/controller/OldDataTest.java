package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitBuilder;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/** What the first release wrote down, every later one reads. */
@WithJenkins
class OldDataTest {
    @Test
    @LocalData
    void clustersAreRead(JenkinsRule jenkins) throws Exception {
        assertThat(SparkClusters.get().getClusters()).hasSize(1);
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        assertThat(cluster.getApiServerUrl()).isEqualTo("https://kubernetes.example.com:6443");
        assertThat(cluster.getCredentialsId()).isEqualTo("submitter");
        assertThat(cluster.getFolders()).isEqualTo("team/reports");
        assertThat(cluster.defaults()).containsEntry("spark.eventLog.enabled", "true");
        assertThatNothingIsOld();
    }

    @Test
    @LocalData
    void buildStepsAreRead(JenkinsRule jenkins) {
        SparkK8sSubmitStep step = jenkins.jenkins
                .getItemByFullName("report", FreeStyleProject.class)
                .getBuildersList()
                .get(SparkK8sSubmitBuilder.class)
                .getSubmission();
        assertThat(step.getMainClass()).isEqualTo("org.example.Report");
        assertThat(step.getDriver().getCores()).isEqualTo("2");
        assertThat(step.getArgs()).containsExactly("--date", "today");
        assertThat(step.getVolumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.isReadOnly()).isTrue());
        assertThat(step.getSecretConf())
                .singleElement()
                .satisfies(secret -> assertThat(secret.getCredentialsId()).isEqualTo("s3"));
        assertThat(step.getConf()).containsEntry("spark.sql.shuffle.partitions", "400");
        assertThat(step.getFollowDriverLog()).isEqualTo("none");
        assertThat(step.isWaitForCompletion()).isTrue();
        assertThat(step.getWhenRunning()).isEqualTo("allow");
        assertThatNothingIsOld();
    }

    private static void assertThatNothingIsOld() {
        assertThat(ExtensionList.lookupSingleton(OldDataMonitor.class).getData())
                .isEmpty();
    }
}
