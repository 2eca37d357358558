package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The option {@code --secret-conf}, from the command line to the objects on the API server. */
class SecretConfCommandTest {
    private static final String SECRET = "hunter2-hunter2";

    @TempDir
    Path directory;

    private Map<String, String> read(String... pairs) {
        return new SecretProperties(new SubmitterEnvironment(Map.of("PW", SECRET, "EMPTY", ""), "jane", directory))
                .read(List.of(pairs));
    }

    @ParameterizedTest
    @CsvSource({"'a', a", "'a|', a", "'a||', 'a|'", "'a~|', a", "' a ', ' a '", "'', ''", "'a|b|', 'a|b'"})
    void takesTheFileWithoutOneLineEnd(String content, String value) throws IOException {
        Files.writeString(directory.resolve("pw"), content.replace('|', '\n').replace('~', '\r'));

        assertThat(read("spark.a=file:pw")).containsExactly(Map.entry("spark.a", value.replace('|', '\n')));
        assertThat(read("spark.a=file:" + directory.resolve("pw"))).hasSize(1);
    }

    @Test
    void takesVariablesAndTheLastOfAKey() throws IOException {
        Files.writeString(directory.resolve("pw"), "other");

        assertThat(read("spark.a=file:pw", "spark.a=env:PW")).containsExactly(Map.entry("spark.a", SECRET));
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> read("nonsense", "spark.a=env:EMPTY", "spark.b=file:none", "spark.c=" + SECRET))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(4)
                                .anySatisfy(problem -> assertThat(problem).contains("spark.a", "is not set"))
                                .anySatisfy(problem -> assertThat(problem).contains("spark.b", "there is no such file"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains("Write spark.c=file:PATH or spark.c=env:NAME")
                                        .doesNotContain(SECRET)));
    }

    @Test
    void valueReachesTheClusterInASecretOnly() throws IOException {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        try (KubernetesApiServer server =
                        KubernetesApiServer.builder().tls(false).start();
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(server.clientConfig())
                        .build()) {
            int status = new SubmitCommand(
                            new SubmitterEnvironment(
                                    Map.of("PW", SECRET, "TOKEN", server.adminToken()), "jane", directory),
                            new Console(writer, writer))
                    .execute(
                            "--verbose",
                            "--master",
                            "k8s://" + server.url(),
                            "--class",
                            "a.B",
                            "--conf",
                            "spark.kubernetes.container.image=spark:4.1.1",
                            "--conf",
                            "spark.kubernetes.submission.waitAppCompletion=false",
                            "--conf",
                            "spark.my.password=overridden-value",
                            "--secret-conf",
                            "spark.my.password=env:PW",
                            "--secret-conf",
                            "spark.kubernetes.authenticate.submission.oauthToken=env:TOKEN",
                            "local:///opt/app.jar");

            assertThat(status).as(output.toString()).isZero();
            assertThat(output.toString())
                    .contains("spark.my.password=*********(redacted)")
                    .doesNotContain(SECRET, "overridden-value");
            Secret secret =
                    client.secrets().inNamespace("default").list().getItems().get(0);
            Properties properties = new Properties();
            properties.load(new StringReader(new String(
                    Base64.getDecoder().decode(secret.getData().get("spark.properties")), StandardCharsets.UTF_8)));
            assertThat(properties).containsEntry("spark.my.password", SECRET);
            assertThat(others(client).map(Serialization::asJson)).isNotEmpty().noneMatch(json -> json.contains(SECRET));
        }
    }

    private static Stream<HasMetadata> others(KubernetesClient client) {
        return Stream.of(
                        client.pods().inNamespace("default").list().getItems(),
                        client.services().inNamespace("default").list().getItems(),
                        client.configMaps().inNamespace("default").list().getItems())
                .flatMap(List::stream);
    }
}
