package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.UploadCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationAsCodeTest {
    private static final Path EXAMPLE = Path.of("examples", "jenkins", "jcasc.yaml");

    @TempDir
    Path folder;

    private static void load(Path file) throws Exception {
        ConfigurationAsCode.get().configure(file.toUri().toString());
    }

    private static String export() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return toYamlString(getUnclassifiedRoot(context).get("sparkOnKubernetes"));
    }

    @Test
    void theExampleIsLoaded(JenkinsRule jenkins) throws Exception {
        load(EXAMPLE);

        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        assertThat(cluster.getApiServerUrl()).isEqualTo("https://kubernetes.example.com:6443");
        assertThat(cluster.getFolders().lines()).containsExactly("data-platform", "reports/nightly");
        assertThat(cluster.defaults())
                .containsEntry("spark.eventLog.enabled", "true")
                .containsEntry("spark.eventLog.dir", "hdfs://namenode.example.com/user/spark/events")
                .containsEntry("spark.kubernetes.submit.retainSucceeded", "12h")
                .containsEntry("spark.kubernetes.submit.retainFailed", "14d")
                .containsEntry("spark.kubernetes.namespace", "spark");
    }

    @Test
    void whatIsExportedIsReadBack(JenkinsRule jenkins) throws Exception {
        load(EXAMPLE);
        SparkCluster before = SparkClusters.get().getClusters().get(0);
        String exported = export();

        SparkClusters.get().setClusters(List.of());
        Path file = folder.resolve("exported.yaml");
        Files.writeString(file, "unclassified:\n  sparkOnKubernetes:\n" + exported.indent(4));
        load(file);

        jenkins.assertEqualDataBoundBeans(
                before, SparkClusters.get().getClusters().get(0));
        assertThat(export()).isEqualTo(exported).doesNotContain("skipTlsVerify", "inCluster", "restricted");
    }

    @Test
    void theCredentialOfAnUploadPathIsReadAndItsSecretIsNotExported(JenkinsRule jenkins) throws Exception {
        Path file = folder.resolve("uploads.yaml");
        Files.writeString(file, """
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - usernamePassword:
                              scope: GLOBAL
                              id: "bucket"
                              username: "AKID"
                              password: "a-secret-key"
                unclassified:
                  sparkOnKubernetes:
                    clusters:
                      - name: "s3"
                        apiServerUrl: "https://kubernetes.example.com:6443"
                        uploadPath: "s3a://artifacts/uploads"
                        uploadCredentialsId: "bucket"
                        allowedUploadPaths: |
                          s3a://artifacts/teams
                      - name: "hdfs"
                        apiServerUrl: "https://kubernetes.example.com:6443"
                        uploadPath: "hdfs://namenode.example.com/uploads"
                        uploadCredentialsId: "keytab"
                        uploadPrincipal: "spark@EXAMPLE.COM"
                """);

        load(file);

        SparkCluster onS3 = SparkClusters.get().getClusters().get(0);
        assertThat(UploadCredential.of(onS3, null))
                .isEqualTo(new StorageLogin(
                        "s3a://artifacts/uploads", new StorageCredential.AccessKey("AKID", "a-secret-key", null)));
        assertThat(SparkClusters.get().getClusters().get(1).getUploadPrincipal())
                .isEqualTo("spark@EXAMPLE.COM");
        assertThat(export())
                .contains("uploadCredentialsId: \"bucket\"", "uploadPrincipal: \"spark@EXAMPLE.COM\"")
                .contains("s3a://artifacts/teams")
                .doesNotContain("a-secret-key");
    }
}
