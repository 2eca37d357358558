package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees of the command: sentences, exit statuses, and that nothing is left behind. */
class SubmitCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private KubernetesApiServer server;
    private KubernetesClient client;
    private Path uploads;
    private Path jar;

    @BeforeEach
    void start() throws IOException {
        server = KubernetesApiServer.builder().tls(true).start();
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        uploads = Files.createDirectory(directory.resolve("uploads"));
        jar = Files.writeString(directory.resolve("app.jar"), "a jar");
        Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
        Files.writeString(directory.resolve("ca.crt"), server.caCertificatePem());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private int run(String... arguments) {
        SubmitterEnvironment environment = new SubmitterEnvironment(Map.of(), "alice", directory);
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        return new SubmitCommand(environment, console).execute(arguments);
    }

    private int submit(String... more) {
        return submitTo("k8s://" + server.url(), List.of(more));
    }

    private int submitTo(String master, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--master",
                master,
                "--class",
                "com.acme.Report",
                "--conf",
                "spark.kubernetes.container.image=spark:4.1.1",
                "--conf",
                "spark.kubernetes.file.upload.path=" + uploads,
                "--conf",
                "spark.kubernetes.submit.uploads=spark",
                "--conf",
                "spark.kubernetes.submission.waitAppCompletion=false",
                "--conf",
                "spark.kubernetes.authenticate.submission.oauthToken=" + server.adminToken(),
                "--conf",
                "spark.kubernetes.authenticate.submission.caCertFile=" + directory.resolve("ca.crt")));
        arguments.addAll(more);
        if (more.stream().noneMatch(argument -> argument.endsWith(".jar"))) {
            arguments.add(jar.toString());
        }
        return run(arguments.toArray(String[]::new));
    }

    private void assertRefused(int status, int expected, String... words) {
        assertThat(status).as(err.toString()).isEqualTo(expected);
        assertThat(err.toString()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(client.pods().inAnyNamespace().list().getItems()).isEmpty();
        assertThat(client.services().inAnyNamespace().list().getItems()).isEmpty();
        assertThat(client.configMaps().inAnyNamespace().list().getItems()).isEmpty();
        assertThat(uploads).isEmptyDirectory();
    }

    @Test
    void deploysWithoutWaitingAndKeepsTheUpload() {
        assertThat(submit()).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("[upload] app.jar → ", "created Pod ", "Deployed Spark application com.acme.Report");
        Pod driver = client.pods().inNamespace("default").list().getItems().get(0);
        assertThat(driver.getSpec().getContainers().get(0).getArgs()).contains("spark-internal");
        assertThat(uploads).isNotEmptyDirectory();
    }

    @Test
    void aFailureOfTheJavaVirtualMachineIsOneSentenceToo() {
        PrintWriter failing = new PrintWriter(Writer.nullWriter()) {
            @Override
            public void println(String line) {
                throw new StackOverflowError();
            }
        };
        StringWriter errors = new StringWriter();
        SubmitterEnvironment environment = new SubmitterEnvironment(Map.of(), "user", directory);

        int status = new SubmitCommand(environment, new Console(failing, new PrintWriter(errors, true)))
                .execute("--version");

        assertThat(status).isEqualTo(ExitStatus.FAILURE);
        assertThat(errors.toString())
                .startsWith("Error: Unexpected failure: java.lang.StackOverflowError.")
                .hasLineCount(1);
    }

    @Test
    void killsAndShowsADriver() {
        submit("--conf", "spark.kubernetes.driver.pod.name=the-driver");
        String[] access = {
            "--master", "k8s://" + server.url(),
            "--conf", "spark.kubernetes.authenticate.submission.oauthToken=" + server.adminToken(),
            "--conf", "spark.kubernetes.authenticate.submission.caCertFile=" + directory.resolve("ca.crt")
        };

        assertThat(run(with(access, "--status", "default:the-driver"))).isZero();
        assertThat(out.toString()).contains("the-driver", "Pending");
        assertThat(run(with(access, "--kill", "the-dr*"))).as(err.toString()).isZero();
        assertThat(client.pods().inNamespace("default").list().getItems()).isEmpty();
        assertThat(run(with(access, "--kill", "the-driver"))).isEqualTo(1);
        assertThat(err.toString()).contains("There is no driver pod the-driver in namespace default");
        err.getBuffer().setLength(0);
        assertThat(run(with(access, "--status", "default:other"))).isEqualTo(1);
        assertThat(err.toString()).contains("There is no driver pod default:other.");
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--no-such-option | --no-such-option'. See --help.",
                "--master k8s://h --conf spark.a app.jar | --conf spark.a has no '='",
                "--master | --master",
                "--master k8s://x | No application is given",
                "--class a.B app.jar | No master is given",
                "--master yarn app.jar | is not a Kubernetes master",
                "--master local[2] app.jar | k8s://",
                "--master k8s://ftp://h app.jar | ftp",
                "--master k8s://h --deploy-mode client app.jar | Use cluster"
            })
    void wrongCommandLineEndsWith64(String arguments, String words) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains(words).doesNotContain("Exception");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spark.driver.memory=1x | spark.driver.memory",
                "spark.kubernetes.report.interval=-1s | spark.kubernetes.report.interval",
                "spark.kubernetes.driver.volumes.ceph.n.mount.path=/n | ceph",
                "spark.kubernetes.driver.volumes.emptyDir.t.options.sizeLimit=1G | spark.kubernetes.driver.volumes.emptyDir.t.mount.path",
                "spark.kubernetes.driver.podTemplateFile=no-such-template.yaml | no-such-template.yaml",
                "spark.files=no-such-file.conf | no-such-file.conf",
                "spark.kubernetes.driver.label.spark-role=x | spark-role",
                "spark.kubernetes.file.upload.path=s3a://bucket/x | s3a",
                "spark.kubernetes.submit.sparkVersion=2.4 | spark.kubernetes.submit.sparkVersion"
            })
    void wrongConfigurationIsRefusedBeforeAnythingIsTouched(String conf, String words) {
        assertRefused(submit("--conf", conf), 1, words);
    }

    @Test
    void reportsAllErrorsTogether() {
        assertRefused(
                submit(
                        "--conf",
                        "spark.driver.memory=1x",
                        "--conf",
                        "spark.kubernetes.executor.limit.cores=many",
                        "--jars",
                        "missing-1.jar,missing-2.jar",
                        jar.toString()),
                1,
                "spark.driver.memory",
                "spark.kubernetes.executor.limit.cores",
                "missing-1.jar",
                "missing-2.jar");
    }

    @Test
    void missingApplicationIsRefused() {
        assertRefused(submit(directory.resolve("nothing.jar").toString()), 1, "nothing.jar", "does not exist");
    }

    @Test
    void unreadablePropertiesFileIsRefused() {
        assertRefused(
                submit("--properties-file", "absent.properties"), 1, "absent.properties", "there is no such file");
    }

    @Test
    void refusedCreationSaysWhoMayNotDoWhat() {
        server.faults().answer(1, RequestMatch.of("create", "pods", ".*"), 403);
        assertRefused(submit(), 1, "Pod", "create", "default");
    }

    @Test
    void invalidObjectIsRefusedWithTheServersReason() {
        server.faults().answer(1, RequestMatch.of("create", "configmaps", ".*"), 422);
        assertRefused(submit(), 1, "ConfigMap");
    }

    @Test
    void keepsADriverPodOfAnotherApplication() {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("taken")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();

        assertThat(submit("--conf", "spark.kubernetes.driver.pod.name=taken")).isEqualTo(1);

        assertThat(err.toString()).contains("taken");
        assertThat(client.pods().inNamespace("default").withName("taken").get()).isNotNull();
        assertThat(client.services().inNamespace("default").list().getItems()).isEmpty();
        assertThat(uploads).isEmptyDirectory();
    }

    @Test
    void missingNamespaceIsNamed() {
        assertRefused(submit("--conf", "spark.kubernetes.namespace=nowhere"), 1, "nowhere", "does not exist");
    }

    @Test
    void absentApiServerIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertRefused(submitTo("k8s://https://127.0.0.1:" + port, List.of()), 1, "127.0.0.1:" + port);
    }

    @Test
    void reportsAnUntrustedCertificate() throws IOException {
        try (KubernetesApiServer other = KubernetesApiServer.builder().tls(true).start()) {
            Files.writeString(directory.resolve("ca.crt"), other.caCertificatePem());
            assertRefused(submit(), 1, "certificate", "caCertFile");
        }
    }

    @Test
    void secretsStayOutOfWhatVerboseShows() {
        submit("--verbose", "--conf", "spark.hadoop.fs.s3a.secret.key=hush-hush");
        assertThat(out.toString() + err)
                .contains("spark.hadoop.fs.s3a.secret.key")
                .doesNotContain("hush-hush");
    }

    @Test
    void helpAndVersionNeedNothingElse() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("--conf", "spark-k8s-submit ");
    }
}
