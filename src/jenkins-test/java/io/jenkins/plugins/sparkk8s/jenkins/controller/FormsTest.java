package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusterDescriptor;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitBuilder;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is saved in a form, or generated as a snippet, is what was there before. */
@WithJenkins
class FormsTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        for (String id : List.of("s3", "submitter")) {
            credentials
                    .getCredentials()
                    .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, null, Secret.fromString("x")));
        }
        credentials
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "bucket", null, "AKID", "x"));
        credentials
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL, "keytab", null, "spark.keytab", SecretBytes.fromBytes(new byte[] {5, 2
                        })));
        credentials.save();
        SparkClusters.get().setClusters(clusters());
    }

    /** With upload paths that take different kinds of credentials. */
    private static List<SparkCluster> clusters() {
        SparkCluster onHdfs = cluster("prod");
        onHdfs.setUploadPath("hdfs://namenode.example.com/uploads");
        onHdfs.setUploadCredentialsId("keytab");
        onHdfs.setUploadPrincipal("spark@EXAMPLE.COM");
        SparkCluster onS3 = cluster("test");
        onS3.setUploadPath("s3a://artifacts/uploads");
        onS3.setUploadCredentialsId("bucket");
        onS3.setAllowedUploadPaths("s3a://artifacts/teams\ns3a://sandbox/spark");
        return List.of(onHdfs, onS3);
    }

    private static SparkCluster cluster(String name) {
        SparkCluster cluster = new SparkCluster(name, "https://" + name + ".example.com:6443");
        cluster.setCredentialsId("submitter");
        cluster.setNamespace("spark");
        cluster.setAllowedNamespaces("spark, team-*");
        cluster.setImage("registry.example.com/spark:4.1.1");
        cluster.setServiceAccount("spark");
        cluster.setSparkVersion("4.1");
        cluster.setConf("spark.eventLog.enabled=true\nspark.ui.port=4041");
        cluster.setStartTimeout("10m");
        cluster.setRetainSucceeded("12h");
        cluster.setRetainFailed("forever");
        cluster.setRestricted(true);
        cluster.setMaxApplications(0);
        cluster.setMaxApplicationsPerJob(3);
        cluster.setFolders("team/reports\nteam/etl");
        cluster.setHistoryServerUrl("https://history.example.com");
        return cluster;
    }

    @Test
    void theFormOfTheClustersKeepsAll() throws Exception {
        jenkins.configRoundtrip();

        List<SparkCluster> saved = SparkClusters.get().getClusters();
        assertThat(saved).hasSize(2);
        for (int i = 0; i < 2; i++) {
            jenkins.assertEqualDataBoundBeans(clusters().get(i), saved.get(i));
        }
    }

    @Test
    void theFormOffersTheCredentialsThatAnUploadPathTakes() {
        SparkClusterDescriptor form = (SparkClusterDescriptor) jenkins.jenkins.getDescriptorOrDie(SparkCluster.class);

        assertThat(form.doFillUploadCredentialsIdItems(null, "s3a://artifacts/uploads"))
                .extracting(option -> option.value)
                .containsExactly("", "bucket");
        assertThat(form.doFillUploadCredentialsIdItems(null, "abfss://c@acct.dfs.core.windows.net/up"))
                .extracting(option -> option.value)
                .containsExactlyInAnyOrder("", "s3", "submitter");
        assertThat(form.doFillUploadCredentialsIdItems(null, "hdfs://namenode.example.com/uploads"))
                .extracting(option -> option.value)
                .containsExactly("", "keytab");
    }

    @Test
    void theFormOfTheClustersKeepsNone() throws Exception {
        SparkClusters.get().setClusters(List.of());

        jenkins.configRoundtrip();

        assertThat(SparkClusters.get().getClusters()).isEmpty();
    }

    @Test
    void theFormOfTheStepKeepsAll() throws Exception {
        SparkK8sSubmitStep saved = new StepConfigTester(jenkins).configRoundTrip(Steps.full());

        jenkins.assertEqualDataBoundBeans(Steps.full(), saved);
    }

    @Test
    void theFormOfTheStepAddsNothing() throws Exception {
        SparkK8sSubmitStep saved = new StepConfigTester(jenkins).configRoundTrip(Steps.simple());

        jenkins.assertEqualDataBoundBeans(Steps.simple(), saved);
        assertThat(saved.getDriver()).isNull();
        assertThat(saved.getDynamicAllocation()).isNull();
    }

    @Test
    void theFormOfTheBuildStepKeepsAll() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new SparkK8sSubmitBuilder(Steps.full()));

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(
                Steps.full(),
                job.getBuildersList().get(SparkK8sSubmitBuilder.class).getSubmission());
    }

    @Test
    void theSnippetOfASimpleStepIsOneLine() throws Exception {
        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        Steps.simple(),
                        "sparkK8sSubmit cluster: 'prod', application: 'target/report.jar', mainClass: 'org.example.Report'");
    }

    @Test
    void theSnippetOfAFullStepIsReadBack() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(Steps.full(), Steps.FULL_SNIPPET);
    }
}
