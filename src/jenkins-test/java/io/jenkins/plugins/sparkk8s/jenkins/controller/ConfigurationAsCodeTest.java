package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
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
}
