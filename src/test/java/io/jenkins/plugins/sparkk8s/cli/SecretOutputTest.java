package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, and with {@code --verbose}: no secret in anything that the command prints. */
class SecretOutputTest {
    private static final String SECRET = "hunter2!Zz";

    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();
    private final Map<String, String> variables = new HashMap<>();
    private KubernetesApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = KubernetesApiServer.builder().tls(false).start();
        variables.put("DB_PASSWORD", SECRET);
        Files.writeString(directory.resolve("pw"), SECRET + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Runs the command against the API server and returns all that it printed. */
    private String run(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
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
                "spark.kubernetes.authenticate.submission.oauthToken=" + server.adminToken()));
        arguments.addAll(List.of(options));
        arguments.add("local:///opt/app.jar");
        execute(arguments.toArray(String[]::new));
        assertThat(output.toString()).doesNotContain(server.adminToken());
        return output.toString();
    }

    private int execute(String... arguments) {
        PrintWriter writer = new PrintWriter(output, true);
        return new SubmitCommand(new SubmitterEnvironment(variables, "jane", directory), new Console(writer, writer))
                .execute(arguments);
    }

    private static String onlyThisKey(String key) {
        return "spark.redaction.regex=^" + Pattern.quote(key) + "$";
    }

    static Stream<String> knownKeys() {
        return ConfigOptions.byKey().keySet().stream().filter(key -> !key.equals("spark.redaction.regex"));
    }

    /** Types, choices, files that are not there, unusable names: the rule is the user's own and matches this key alone. */
    @ParameterizedTest
    @MethodSource("knownKeys")
    void wrongValueOfAKnownKeyIsNotShown(String key) {
        assertThat(run("--conf", onlyThisKey(key), "--conf", key + "=" + SECRET))
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.kubernetes.driver.label.password",
                "spark.kubernetes.driver.secrets.token",
                "spark.kubernetes.driver.secretKeyRef.PASSWORD",
                "spark.kubernetes.executor.secretKeyRef.PASSWORD",
                "spark.kubernetes.driverEnv.PASSWORD",
                "spark.kubernetes.authenticate.submission.oauthToken",
                "spark.kubernetes.authenticate.driver.oauthToken",
                "spark.kubernetes.driver.volumes.hostPath.token.mount.readOnly",
                "spark.kubernetes.driver.volumes.token.x.mount.path",
                "spark.kubernetes.driver.volumes.emptyDir.token.options.sizeLimit",
                "spark.kubernetes.executor.volumes.persistentVolumeClaim.token.options.claimName",
                "spark.driver.resource.token.amount",
                "spark.executor.resource.token.amount",
                "spark.hadoop.fs.s3a.secret.key",
                "spark.some.unknown.access.key",
            })
    void valueOfAKeyThatMatchesTheDefaultRuleIsNotShown(String key) {
        assertThat(run("--conf", key + "=" + SECRET)).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.authenticate.submission.caCertFile",
        "spark.kubernetes.authenticate.submission.clientKeyFile",
        "spark.kubernetes.authenticate.submission.clientCertFile",
        "spark.kubernetes.authenticate.driver.caCertFile",
        "spark.kubernetes.authenticate.driver.clientKeyFile",
        "spark.kubernetes.driver.podTemplateFile",
        "spark.kubernetes.executor.podTemplateFile",
        "spark.kubernetes.kerberos.krb5.path",
        "spark.kerberos.keytab",
        "spark.files",
        "spark.archives",
        "spark.submit.pyFiles",
    })
    void nameOfAFileIsNotShownWhenItsKeyMatches(String key) {
        String printed = run(
                "--conf",
                onlyThisKey(key),
                "--conf",
                key + "=/no/such/" + SECRET,
                "--conf",
                "spark.kerberos.principal=p");

        assertThat(printed).contains("Error: ").doesNotContain("hunter2");
    }

    /** Errors over several keys, whose values are printed as they were understood. */
    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.executor.limit.cores, 0.0314159, spark.executor.cores=4",
        "spark.kubernetes.allocation.maxPendingPodsPerRp, 31415926, spark.kubernetes.allocation.maxPendingPods=2",
        "spark.blockManager.port, 314, spark.executor.cores=4",
        "spark.ui.port, 3141592, spark.executor.cores=4",
        "spark.kubernetes.executor.volumes.emptyDir.b.mount.path, /pi/3.14, spark.kubernetes.executor.volumes.emptyDir.c.mount.path=/pi/3.14",
    })
    void valueThatContradictsAnotherIsNotShown(String key, String value, String other) {
        String printed = run("--conf", onlyThisKey(key), "--conf", key + "=" + value, "--conf", other);

        assertThat(printed).contains("Error: ").doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "abc"})
    void shortSecretIsNotShownBesideItsKey(String value) {
        String printed = run("--conf", onlyThisKey("spark.executor.cores"), "--conf", "spark.executor.cores=" + value);

        assertThat(printed).contains("The value '*********(redacted)' of spark.executor.cores is not valid");
    }

    @Test
    void passwordInAUrlIsNotShown() {
        String url = "https://joe:" + SECRET + "@repo.example.com/x";

        assertThat(run("--jars", url + "/a.jar", "--conf", "spark.driver.extraClassPath=" + url, "--name", url))
                .doesNotContain(SECRET);
        assertThat(run("--conf", "spark.master=x", "--master", url)).doesNotContain(SECRET);
        execute("--master", "ftp://joe:" + SECRET + "@api", "local:///a.jar");
        assertThat(output.toString()).doesNotContain(SECRET);
    }

    @Test
    void secretIsNotShownAmongTheArgumentsOfTheApplication() {
        execute(
                "--verbose",
                "--master",
                "k8s://" + server.url(),
                "--class",
                "a.B",
                "--conf",
                "spark.my.password=" + SECRET,
                "local:///a.jar",
                "--password=" + SECRET);

        assertThat(output.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cnof spark.my.password=hunter2!Zz",
                "--conf=spark.my.password=hunter2!Zz --unknown",
                "--conf spark.my.password:hunter2!Zz",
                "--secret-conf hunter2!Zz",
                "--secret-conf spark.my.pin=hunter2!Zz",
                "--secret-conf spark.my.pin=",
                "--secret-conf spark.my.pin=env:NOT_SET_hunter2!Zz",
                "--secret-conf spark.my.pin=file:hunter2!Zz",
                "--secret-conf my.pin=env:DB_PASSWORD",
                "--secret-conf spark.kubernetes.driverEnv.PIN=env:DB_PASSWORD",
                "--secret-conf spark.executor.extraJavaOptions=file:pw",
                "--secret-conf spark.driver.cores=file:pw",
                "--secret-conf spark.ui.port=env:DB_PASSWORD",
                "--secret-conf spark.my.pin=env:DB_PASSWORD --conf spark.kubernetes.driver.annotation.x=hunter2!Zz",
            })
    void wrongCommandLineIsNotRepeatedWithItsSecret(String options) {
        assertThat(run(options.split(" "))).contains("Error: ").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"configmaps,422", "configmaps,403", "services,422", "pods,422", "pods,400", "pods,500"})
    void refusalThatRepeatsTheObjectIsShownWithoutItsSecrets(String resource, int code) {
        String properties = "spark.app.name=x\nspark.my.password=" + SECRET + "\n";
        String message = "\"x\" is invalid: data: Invalid value: \"%s\", base64 %s"
                .formatted(properties, Base64.getEncoder().encodeToString(properties.getBytes(StandardCharsets.UTF_8)));
        server.faults().answer(100, RequestMatch.of("create", resource), code, message, 0);

        String printed = run("--conf", "spark.my.password=" + SECRET);

        assertThat(printed)
                .contains("did not create")
                .doesNotContain("hunter2")
                .doesNotContain(Base64.getEncoder().encodeToString(properties.getBytes(StandardCharsets.UTF_8)));
    }
}
