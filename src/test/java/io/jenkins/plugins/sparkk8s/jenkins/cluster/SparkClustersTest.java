package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import java.util.List;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohsuke.stapler.StaplerRequest2;

class SparkClustersTest {
    private final TestJenkins jenkins = new TestJenkins();
    private final SparkClusters clusters = new SparkClusters();
    private final Item report = TestJenkins.job("team/reports/daily");

    @AfterEach
    void stop() {
        jenkins.close();
    }

    private static SparkCluster cluster(String name) {
        return new SparkCluster(name, "https://" + name + ".example.com:6443");
    }

    private static SparkCluster in(String name, String folders) {
        SparkCluster cluster = cluster(name);
        cluster.setFolders(folders);
        return cluster;
    }

    @Test
    void theOnlyClusterNeedsNoName() throws Exception {
        clusters.setClusters(List.of(cluster("prod")));

        assertThat(clusters.resolve(null, report).getName()).isEqualTo("prod");
        assertThat(clusters.resolve(" ", report).getName()).isEqualTo("prod");
        assertThat(clusters.resolve("prod", report).getName()).isEqualTo("prod");
    }

    @Test
    void theOnlyOneThatTheJobMayUseNeedsNoNameEither() throws Exception {
        clusters.setClusters(List.of(in("prod", "other"), in("test", "team")));

        assertThat(clusters.resolve(null, report).getName()).isEqualTo("test");
    }

    @Test
    void severalNeedAName() {
        clusters.setClusters(List.of(cluster("prod"), cluster("test"), in("hidden", "other")));

        assertThatThrownBy(() -> clusters.resolve(null, report))
                .isInstanceOf(AbortException.class)
                .hasMessage("Several Spark clusters can be used. Choose one with 'cluster': prod, test.");
    }

    @Test
    void reportsAForbiddenClusterLikeAMissingOne() {
        clusters.setClusters(List.of(cluster("prod"), in("hidden", "other")));

        assertThatThrownBy(() -> clusters.resolve("hidden", report))
                .isInstanceOf(AbortException.class)
                .hasMessage("There is no Spark cluster hidden that this job may use. It may use prod.");
        assertThatThrownBy(() -> clusters.resolve("missing", report))
                .hasMessage("There is no Spark cluster missing that this job may use. It may use prod.");
    }

    @Test
    void withoutAnyTheAdministratorIsNamed() {
        clusters.setClusters(List.of(in("hidden", "other")));

        assertThatThrownBy(() -> clusters.resolve(null, report))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("There is no Spark cluster that this job may use")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "team, true",
        "/team/reports/, true",
        "team/reports/daily, true",
        "tea, false",
        "team/report, false",
        "reports, false",
        "team/reports/daily/x, false"
    })
    void aFolderIsForWhatIsInIt(String folder, boolean usable) {
        assertThat(in("x", "other\n" + folder).isFor(report)).isEqualTo(usable);
    }

    @Test
    void aJobThatIsNotKnownMayUseOnlyWhatEveryJobMay() {
        assertThat(in("x", "team").isFor(null)).isFalse();
        assertThat(cluster("x").isFor(null)).isTrue();
    }

    @Test
    void theListForAJobHasOnlyWhatItMayUse() {
        clusters.setClusters(List.of(in("hidden", "other"), cluster("prod"), in("test", "team")));

        assertThat(clusters.fill(report)).extracting(option -> option.value).containsExactly("prod", "test");
        assertThat(clusters.fill(null)).extracting(option -> option.value).containsExactly("prod");
    }

    @ParameterizedTest
    @CsvSource({"reports, true", "team-a, true", "team, false", "default, false", ", false", "kube-system, false"})
    void onlyAllowedNamespacesCanBeUsed(String namespace, boolean allowed) {
        SparkCluster cluster = cluster("prod");
        cluster.setAllowedNamespaces("reports, team-*");

        if (allowed) {
            assertThatCode(() -> cluster.requireNamespace(namespace)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> cluster.requireNamespace(namespace))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("Use one of reports, team-*");
        }
    }

    @Test
    void withoutAListEveryNamespaceCanBeUsed() throws Exception {
        cluster("prod").requireNamespace("anything");
        cluster("prod").requireNamespace(null);
    }

    @Test
    void fieldsWinOverTheConfiguration() {
        SparkCluster cluster = cluster("prod");
        cluster.setConf("# ours\nspark.eventLog.enabled=true\n\nspark.kubernetes.container.image=other");
        cluster.setImage("spark:4.1.1");
        cluster.setNamespace("reports");
        cluster.setStartTimeout("10m");
        cluster.setRetainSucceeded("12h");
        cluster.setRetainFailed("forever");
        cluster.setRestricted(true);

        assertThat(cluster.defaults())
                .containsEntry("spark.master", "k8s://https://prod.example.com:6443")
                .containsEntry("spark.kubernetes.namespace", "reports")
                .containsEntry("spark.kubernetes.container.image", "spark:4.1.1")
                .containsEntry("spark.kubernetes.submit.startTimeout", "10m")
                .containsEntry("spark.kubernetes.submit.retainSucceeded", "12h")
                .containsEntry("spark.kubernetes.submit.retainFailed", "forever")
                .containsEntry("spark.kubernetes.submit.restricted", "true")
                .containsEntry("spark.eventLog.enabled", "true")
                .hasSize(8);
    }

    @Test
    void whatIsNotSaidIsNotStored() {
        SparkCluster cluster = cluster("prod");
        cluster.setConf(" ");
        cluster.setImage("");
        cluster.setFolders("");

        assertThat(cluster.getConf()).isNull();
        assertThat(cluster.getImage()).isNull();
        assertThat(cluster.getFolders()).isNull();
        assertThat(cluster.defaults()).containsOnlyKeys("spark.master");
    }

    @Test
    void whatABrowserSendsIsStoredAsAFileHasIt() {
        SparkCluster cluster = cluster("prod");
        cluster.setConf("spark.a=b\r\nspark.c=d\r\n");

        assertThat(cluster.getConf()).isEqualTo("spark.a=b\nspark.c=d");
    }

    @Test
    void nothingIsConfiguredAtFirst() {
        assertThat(new SparkClusters().getClusters()).isEmpty();
    }

    @Test
    void wrongClustersChangeNothing() {
        clusters.setClusters(List.of(cluster("prod")));
        SparkCluster wrong = new SparkCluster("a b", "ftp://x");

        assertThatThrownBy(() -> clusters.setClusters(List.of(cluster("x"), cluster("x"), wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Two Spark clusters have the name x")
                .hasMessageContaining("Spark cluster a b: The name must")
                .hasMessageContaining(". The API server URL must");
        assertThat(clusters.getClusters()).extracting(SparkCluster::getName).containsExactly("prod");
    }

    @Test
    void aListThatIsEmptiedInTheFormIsEmpty() throws Exception {
        clusters.setClusters(List.of(cluster("prod")));

        clusters.configure(form(List.of()), new JSONObject());

        assertThat(clusters.getClusters()).isEmpty();
    }

    @Test
    void aWrongFormIsRefusedAndChangesNothing() {
        clusters.setClusters(List.of(cluster("prod")));

        assertThatThrownBy(() -> clusters.configure(form(List.of(new SparkCluster(null, null))), new JSONObject()))
                .isInstanceOf(FormException.class)
                .hasMessageContaining("The API server URL is missing");
        assertThat(clusters.getClusters()).hasSize(1);
    }

    private static StaplerRequest2 form(List<SparkCluster> bound) {
        return new StaplerRequest2() {
            @Override
            public String getRestOfPath() {
                return "";
            }

            @Override
            public <T> T bindJSON(Class<T> type, JSONObject src) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void bindJSON(Object bean, JSONObject src) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T> List<T> bindJSONToList(Class<T> type, Object src) {
                return bound.stream().map(type::cast).toList();
            }
        };
    }
}
