package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitBuilder;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.util.List;
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

    /** And are written by them, so that a class may move. */
    @Test
    @LocalData
    void buildsAndStepsAreReadByTheirOwnNames(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("report", FreeStyleProject.class);
        SparkK8sSubmitStep step =
                job.getBuildersList().get(SparkK8sSubmitBuilder.class).getSubmission();
        assertThat(step.getVolumes()).hasSize(1);
        assertThat(step.getSecretConf()).hasSize(1);
        assertThat(job.getBuildByNumber(1)
                        .getAction(SparkApplicationsAction.class)
                        .applications())
                .singleElement()
                .returns("daily-report", ApplicationRecord::name)
                .returns(true, ApplicationRecord::hasEnded);
        assertThatNothingIsOld();

        job.save();
        job.getBuildByNumber(1).save();
        SparkClusters.get().save();

        for (String file : List.of("config.xml", "builds/1/build.xml")) {
            assertThat(job.getRootDir().toPath().resolve(file))
                    .content()
                    .contains("<spark")
                    .doesNotContain("io.jenkins.plugins.sparkk8s");
        }
        assertThat(jenkins.jenkins
                        .getRootDir()
                        .toPath()
                        .resolve("io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters.xml"))
                .content()
                .contains("<sparkClusters")
                .doesNotContain("io.jenkins.plugins.sparkk8s");
    }

    private static void assertThatNothingIsOld() {
        assertThat(ExtensionList.lookupSingleton(OldDataMonitor.class).getData())
                .isEmpty();
    }
}
