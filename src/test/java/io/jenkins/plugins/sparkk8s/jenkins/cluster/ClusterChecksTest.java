package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterChecksTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://k.example.com:6443", "http://127.0.0.1:8001", "https://x/k8s/clusters/c-1"})
    void takesUrlsOfApiServers(String url) {
        assertThat(ClusterChecks.apiServerUrl(url, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k8s://https://x",
                "x:6443",
                "ftp://x",
                "file:///etc/passwd",
                "https://",
                "https://u:p@x",
                "https://x?a",
                "javascript:alert(1)",
                "https://x y"
            })
    void refusesOtherUrls(String url) {
        assertThat(ClusterChecks.apiServerUrl(url, false)).isPresent();
        assertThat(ClusterChecks.historyServerUrl(url)).isPresent();
    }

    @Test
    void theUrlIsNeededUnlessTheControllerRunsInTheCluster() {
        assertThat(ClusterChecks.apiServerUrl(null, false)).isPresent();
        assertThat(ClusterChecks.apiServerUrl(null, true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4.1.1, 0", "abc, 1", "2.4.8, 1"})
    void takesVersionsOfSparkThatAreSupported(String version, int problems) {
        SparkCluster cluster = new SparkCluster("c", "https://x");
        cluster.setSparkVersion(version);

        assertThat(ClusterChecks.problems(cluster)).hasSize(problems);
    }

    @Test
    void takesACertificateAndNoKey() {
        HeldCertificate held = new HeldCertificate.Builder().build();

        assertThat(ClusterChecks.caCertificate(held.certificatePem())).isEmpty();
        assertThat(ClusterChecks.caCertificate(held.certificatePem() + held.certificatePem()))
                .isEmpty();
        assertThat(ClusterChecks.caCertificate(held.certificatePem() + held.privateKeyPkcs8Pem()))
                .get()
                .asString()
                .contains("private key");
        assertThat(ClusterChecks.caCertificate("nonsense")).isPresent();
        assertThat(ClusterChecks.caCertificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.hadoop.fs.s3a.secret.key=x",
                "spark.hadoop.fs.s3a.access.key=x",
                "spark.ui.password=x",
                "spark.hadoop.some.url=jdbc://u:x@host",
                "spark.kubernetes.authenticate.driver.oauthToken=x"
            })
    void secretsAreNotStored(String line) {
        assertThat(ClusterConf.problems(line))
                .singleElement()
                .asString()
                .contains("secretConf")
                .doesNotContain("=x")
                .doesNotContain("u:x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.kubernetes.container.image.pullSecrets=registry",
                "spark.kubernetes.driver.secrets.s3=/etc/s3",
                "spark.kubernetes.driver.secretKeyRef.KEY=s3:key",
                "spark.hadoop.fs.s3a.aws.credentials.provider=a.b.TokenProvider",
                "spark.eventLog.dir=hdfs://name/logs"
            })
    void namesOfSecretsAreStored(String line) {
        assertThat(ClusterConf.problems(line)).isEmpty();
    }

    @Test
    void wrongLinesAreCountedAndNotShown() {
        assertThat(ClusterConf.problems("spark.a=b\ns3cr3t"))
                .singleElement()
                .asString()
                .startsWith("Line 2 ")
                .doesNotContain("s3cr3t");
    }

    @Test
    void takesTheTextThatAStepTakes() {
        String text = "! comment\nspark.driver.extraJavaOptions  -Da=b\nspark.x = a\\nb\nspark.y=";

        assertThat(ClusterConf.problems(text)).isEmpty();
        assertThat(ClusterConf.warnings(text)).isEmpty();
        assertThat(ClusterConf.parse(text))
                .isEqualTo(Map.of("spark.driver.extraJavaOptions", "-Da=b", "spark.x", "a\nb", "spark.y", ""));
        assertThat(ClusterConf.parse(null)).isEmpty();
        assertThat(ClusterConf.problems("=x")).singleElement().asString().startsWith("Line 1 ");
        assertThat(ClusterConf.problems("fs.s3a.secret.key x")).hasSize(1);
    }

    @Test
    void warnsOfSuspiciousValues() {
        assertThat(ClusterConf.problems("fs.defaultFS=hdfs://x\nspark.x=1\nspark.x=2"))
                .isEmpty();
        assertThat(ClusterConf.warnings("fs.defaultFS=hdfs://x\nspark.x=1\nspark.x=2"))
                .satisfiesExactly(
                        hadoop -> assertThat(hadoop).contains("line 1", "spark.hadoop."),
                        twice -> assertThat(twice).startsWith("spark.x is set twice"));
    }

    @Test
    void valuesOfKnownKeysAreChecked() {
        assertThat(ClusterConf.problems("spark.kubernetes.submission.requestTimeout=soon"))
                .singleElement()
                .asString()
                .contains("spark.kubernetes.submission.requestTimeout");
        assertThat(ClusterConf.problems("spark.master=k8s://https://x"))
                .singleElement()
                .asString()
                .contains("spark.master");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hdfs://name/user/x", "s3a://bucket/x", "file:/mnt/x", "/mnt/x"})
    void takesUploadPaths(String path) {
        assertThat(ClusterChecks.uploadPath(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative/x", "hdfs://u:p@name/x"})
    void refusesOtherUploadPaths(String path) {
        assertThat(ClusterChecks.uploadPath(path)).isPresent();
    }

    @Test
    void connectionsAreSafeInFipsMode() {
        System.setProperty("jenkins.security.FIPS140.COMPLIANCE", "true");
        try {
            assertThat(ClusterChecks.skipTlsVerify(true)).isPresent();
            assertThat(ClusterChecks.skipTlsVerify(false)).isEmpty();
            assertThat(ClusterChecks.apiServerUrl("http://x", false)).isPresent();
            assertThat(ClusterChecks.apiServerUrl("https://x", false)).isEmpty();
        } finally {
            System.clearProperty("jenkins.security.FIPS140.COMPLIANCE");
        }
    }

    @Test
    void retentionIsATimeOrForever() {
        SparkCluster cluster = new SparkCluster("prod", "https://prod.example.com:6443");
        cluster.setRetainSucceeded("forever");
        cluster.setRetainFailed("0");
        assertThat(ClusterChecks.problems(cluster)).isEmpty();

        cluster.setRetainSucceeded("soon");
        cluster.setRetainFailed("-1d");
        assertThat(ClusterChecks.problems(cluster))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("spark.kubernetes.submit.retain"));
    }

    @Test
    void otherFieldsAreChecked() {
        assertThat(ClusterChecks.startTimeout("10m")).isEmpty();
        assertThat(ClusterChecks.startTimeout("soon")).isPresent();
        assertThat(ClusterChecks.namespace("team-a")).isEmpty();
        assertThat(ClusterChecks.namespace("Team")).isPresent();
        assertThat(ClusterChecks.allowedNamespaces("a, team-* b")).isEmpty();
        assertThat(ClusterChecks.allowedNamespaces("a, B")).isPresent();
        assertThat(ClusterChecks.identity("id", true)).isPresent();
    }

    @Test
    void limitsAreNumbers() {
        assertThat(ClusterChecks.maxApplications(null)).isEmpty();
        assertThat(ClusterChecks.maxApplications(0)).isEmpty();
        assertThat(ClusterChecks.maxApplications(-1)).isPresent();
        assertThat(ClusterChecks.maxApplicationsPerJob(1)).isEmpty();
        assertThat(ClusterChecks.maxApplicationsPerJob(0)).isPresent();

        SparkCluster cluster = new SparkCluster("prod", "https://prod.example.com");
        cluster.setMaxApplications(-1);
        cluster.setMaxApplicationsPerJob(0);
        assertThat(ClusterChecks.problems(cluster)).hasSize(2);
    }
}
