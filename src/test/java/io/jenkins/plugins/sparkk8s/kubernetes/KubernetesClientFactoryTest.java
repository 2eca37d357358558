package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the API client is set up from the kubeconfig and the configuration. */
class KubernetesClientFactoryTest {
    private static final String PREFIX = "spark.kubernetes.authenticate.submission.";

    @TempDir
    private Path folder;

    private final SparkConf conf = SparkConf.of(Map.of("spark.master", "k8s://https://127.0.0.1:1"));
    private String kubeconfigBefore;

    @BeforeEach
    void ownKubeconfig() throws IOException {
        kubeconfigBefore = System.getProperty(Config.KUBERNETES_KUBECONFIG_FILE);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: a, cluster: {server: "https://a.example.com"}}
                users:
                - {name: first, user: {token: token-of-first}}
                - {name: second, user: {token: token-of-second}}
                contexts:
                - {name: one, context: {cluster: a, user: first, namespace: from-one}}
                - {name: two, context: {cluster: a, user: second}}
                current-context: one
                """);
        System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, kubeconfig.toString());
    }

    @AfterEach
    void formerKubeconfig() {
        if (kubeconfigBefore == null) {
            System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
        } else {
            System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, kubeconfigBefore);
        }
    }

    @Test
    void takesCredentialsOfTheCurrentContextAndTheRestOfTheConfiguration() {
        try (KubernetesClient client = create(conf.with("spark.kubernetes.namespace", "spark-demo")
                .with("spark.kubernetes.submission.requestTimeout", "4321")
                .with("spark.kubernetes.submission.connectionTimeout", "1234"))) {
            Config config = client.getConfiguration();
            assertThat(config.getMasterUrl()).isEqualTo("https://127.0.0.1:1/");
            assertThat(config.getAutoOAuthToken()).isEqualTo("token-of-first");
            assertThat(config.getNamespace()).isEqualTo("spark-demo");
            assertThat(config.getRequestTimeout()).isEqualTo(4321);
            assertThat(config.getConnectionTimeout()).isEqualTo(1234);
            assertThat(config.getRequestRetryBackoffLimit()).isEqualTo(3);
        }
    }

    @Test
    void namespaceIsSparksDefaultAndNotThatOfTheContext() {
        try (KubernetesClient client = create(conf)) {
            assertThat(client.getNamespace()).isEqualTo("default");
        }
    }

    @Test
    void takesTheContextThatIsAskedFor() {
        try (KubernetesClient client = create(conf.with("spark.kubernetes.context", "two"))) {
            assertThat(client.getConfiguration().getAutoOAuthToken()).isEqualTo("token-of-second");
        }
    }

    @Test
    void unknownContextIsRefused() {
        assertThatThrownBy(() -> create(conf.with("spark.kubernetes.context", "three")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spark.kubernetes.context is 'three'");
    }

    @Test
    void readsTheTokenFile() throws IOException {
        Files.writeString(folder.resolve("token"), "abc\n");
        try (KubernetesClient client = create(conf.with(PREFIX + "oauthTokenFile", "token"))) {
            assertThat(client.getConfiguration().getOauthToken()).isEqualTo("abc");
        }
    }

    @Test
    void reportsAllErrorsTogether() {
        assertThatThrownBy(() -> create(SparkConf.of(Map.of(
                        "spark.master",
                        "yarn",
                        PREFIX + "oauthToken",
                        "a",
                        PREFIX + "oauthTokenFile",
                        "missing-token",
                        PREFIX + "caCertFile",
                        "missing-ca"))))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(4)
                                .anySatisfy(problem -> assertThat(problem).contains("yarn"))
                                .anySatisfy(problem -> assertThat(problem).contains("oauthToken and"))
                                .anySatisfy(problem -> assertThat(problem).contains(PREFIX + "oauthTokenFile names"))
                                .anySatisfy(problem -> assertThat(problem).contains(PREFIX + "caCertFile names")));
    }

    @Test
    void anUnusableCertificateIsASentence() throws IOException {
        Files.writeString(folder.resolve("ca"), "no certificate");
        assertThatThrownBy(() -> create(conf.with(PREFIX + "caCertFile", "ca")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(PREFIX + "caCertFile names ca, which is not a PEM file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k8s://https://host:port",
                "k8s://host:0",
                "k8s://host:99999",
                "k8s://host:6443:1",
                "k8s://[::1]:x"
            })
    void aMasterWithoutAUsablePortIsRefusedAsOne(String master) {
        assertThatThrownBy(() -> create(conf.with("spark.master", master)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(master)
                .hasMessageNotContaining("PEM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s://https://[::1]:6443", "k8s://my_host:6443", "k8s://http://10.0.0.1", "k8s://h/p"})
    void mastersOfEveryFormAreTaken(String master) {
        create(conf.with("spark.master", master)).close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https.proxy | ftp://joe:hunter2@proxy:21 | The proxy in HTTPS_PROXY has a scheme that is not supported",
                "all.proxy | http://joe:hunter2@proxy | The proxy in ALL_PROXY is not a URL"
            })
    void namesTheVariableOfAnUnusableProxy(String property, String proxy, String sentence) {
        withProperty(
                property,
                proxy,
                () -> assertThatThrownBy(() -> create(conf))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining(sentence)
                        .hasMessageNotContainingAny("PEM", "hunter2"));
    }

    @Test
    void namesAnUnusableEntryOfNoProxy() {
        withProperty(
                "https.proxy",
                "http://127.0.0.1:9",
                () -> withProperty(
                        "no.proxy",
                        "http://[",
                        () -> assertThatThrownBy(() -> create(conf))
                                .isInstanceOf(ConfigurationException.class)
                                .hasMessageStartingWith("NO_PROXY has an entry")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusters:;- name: a;  cluster: {server: x;users: [] | line 4, column 6",
                "clusters: {a: b} | the value of clusters has the wrong type",
                "clusters:;- name: a;\tcluster: b | line 3, column 1"
            })
    void aBrokenKubeconfigIsNamedWithThePlace(String text, String place) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("broken"), text.replace(";", "\n"));
        withProperty(
                Config.KUBERNETES_KUBECONFIG_FILE,
                kubeconfig.toString(),
                () -> assertThatThrownBy(() -> create(conf))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageStartingWith("The kubeconfig " + kubeconfig)
                        .hasMessageContaining(place)
                        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1)));
    }

    @Test
    void aFileThatTheKubeconfigMissesIsNamed() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("missing"), """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: a, cluster: {server: "https://a.example.com", certificate-authority: /none/ca.crt}}
                contexts:
                - {name: one, context: {cluster: a}}
                current-context: one
                """);
        withProperty(
                Config.KUBERNETES_KUBECONFIG_FILE,
                kubeconfig.toString(),
                () -> assertThatThrownBy(() -> create(conf))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageStartingWith("The kubeconfig names /none/ca.crt as certificate-authority"));
    }

    @Test
    void aCertificateThatIsNoneNamesItsKeys() throws IOException {
        Files.writeString(folder.resolve("cert"), "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n");
        Files.writeString(folder.resolve("key"), "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() ->
                        create(conf.with(PREFIX + "clientCertFile", "cert").with(PREFIX + "clientKeyFile", "key")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The certificates or keys of %sclientCertFile, %sclientKeyFile cannot be used"
                        .formatted(PREFIX, PREFIX));
    }

    private static void withProperty(String name, String value, Runnable test) {
        String before = System.setProperty(name, value);
        try {
            test.run();
        } finally {
            if (before == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }

    private KubernetesClient create(SparkConf with) {
        return KubernetesClientFactory.create(with, new SubmitterEnvironment(Map.of(), "jane", folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://joe:hunter2^x@proxy:3128",
                "http://joe:hunter2 x@proxy:3128",
                "http://joe:hunter2@proxy",
                "http://joe:hunter2@proxy:none",
                "http://joe:hunt/er2@proxy:3128"
            })
    void showsNothingOfAMalformedProxy(String proxy) {
        String before = System.setProperty("https.proxy", proxy);
        try {
            assertThatThrownBy(() -> KubernetesClientFactory.create(
                            SparkConf.of(Map.of("spark.master", "k8s://https://127.0.0.1:6443")),
                            new SubmitterEnvironment(Map.of(), "jane", Path.of("/"))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("The proxy in HTTPS_PROXY is not a URL")
                    .hasMessageNotContainingAny("joe", "hunt", "er2");
        } finally {
            if (before == null) {
                System.clearProperty("https.proxy");
            } else {
                System.setProperty("https.proxy", before);
            }
        }
    }
}
