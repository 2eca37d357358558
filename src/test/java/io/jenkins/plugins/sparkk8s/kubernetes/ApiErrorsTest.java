package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import io.jenkins.plugins.sparkk8s.submission.SubmissionListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads when the API server refuses or cannot be reached. */
class ApiErrorsTest {
    private static final String PREFIX = "spark.kubernetes.authenticate.submission.";

    @TempDir
    private Path folder;

    private KubernetesApiServer server;
    private Path ca;

    @BeforeEach
    void start() throws IOException {
        server = KubernetesApiServer.builder().start();
        ca = Files.writeString(folder.resolve("ca.crt"), server.caCertificatePem());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void submitsWithTokenAndCaOfTheConfiguration() throws Exception {
        SparkConf conf = trusting().with(PREFIX + "oauthToken", server.adminToken());
        try (KubernetesClient client = client(conf)) {
            SubmissionHandle handle = DriverSubmitter.submit(
                    client, Applications.java().build(), DriverSubmitter.Attempt.FIRST, SubmissionListener.NONE);
            assertThat(handle.createdDriverPodUid()).isPresent();
        }
    }

    @Test
    void unknownTokenNamesTheKeys() {
        assertThat(failure(trusting().with(PREFIX + "oauthToken", "wrong")))
                .contains("does not accept the credentials")
                .contains(PREFIX)
                .doesNotContain("wrong");
    }

    @Test
    void missingRightNamesVerbResourceAndNamespace() {
        server.faults()
                .answer(
                        100,
                        RequestMatch.of("create", "configmaps"),
                        403,
                        "configmaps is forbidden: User \"jane\" cannot create resource \"configmaps\" in API group \"\" in the namespace \"default\"",
                        0);
        assertThat(failure(admin()))
                .contains("User \"jane\" cannot create")
                .contains("a Role in namespace default that allows the verb create on configmaps")
                .contains("kubectl auth can-i create configmaps -n default");
    }

    @Test
    void quotaIsNotCuredByARole() {
        server.faults()
                .answer(
                        100,
                        RequestMatch.of("create", "pods"),
                        403,
                        "pods \"x\" is forbidden: exceeded quota: team, requested: cpu=1, used: cpu=4, limited: cpu=4",
                        0);
        assertThat(failure(admin())).contains("exceeded quota: team").doesNotContain("Role");
    }

    /** Texts of kube-apiserver 1.20 to 1.36, and the key and remedy that belong to each. */
    static Stream<Arguments> refusalsByARule() {
        return Stream.of(
                arguments(
                        403,
                        "violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (container \"spark-kubernetes-driver\" must set securityContext.allowPrivilegeEscalation=false)",
                        "securityContext of the pod template spark.kubernetes.driver.podTemplateFile"),
                arguments(
                        403,
                        "violates PodSecurity \"baseline:v1.30\": hostPath volumes (volume \"data\")",
                        "Replace spark.kubernetes.driver.volumes.hostPath.* by"),
                arguments(
                        403,
                        "maximum memory usage per Container is 512Mi, but limit is 1408Mi",
                        "Lower spark.driver.memory or spark.driver.memoryOverhead, and for executors spark.executor.memory"),
                arguments(
                        403,
                        "minimum memory usage per Container is 2Gi, but request is 1408Mi",
                        "Raise spark.driver.memory"),
                arguments(
                        403,
                        "maximum cpu usage per Container is 1. No limit is specified",
                        "Set spark.kubernetes.driver.limit.cores"),
                arguments(
                        403,
                        "[maximum cpu usage per Container is 1, but limit is 4, maximum memory usage per Container is 1Gi, but limit is 3Gi]",
                        "Lower spark.kubernetes.driver.limit.cores or spark.kubernetes.driver.request.cores"),
                arguments(
                        403,
                        "cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000",
                        "Raise spark.kubernetes.driver.request.cores or lower spark.kubernetes.driver.limit.cores"),
                arguments(
                        403,
                        "failed quota: q: must specify limits.cpu for: spark-kubernetes-driver",
                        "Set spark.kubernetes.driver.limit.cores, and spark.kubernetes.executor.limit.cores"),
                arguments(
                        403,
                        "failed quota: q: must specify limits.ephemeral-storage",
                        "pod templates spark.kubernetes.driver.podTemplateFile"),
                arguments(
                        403,
                        "exceeded quota: q, requested: limits.memory=1408Mi, used: limits.memory=0, limited: limits.memory=1Gi",
                        "smaller than this one request"),
                arguments(403, "status unknown for quota: q, resources: pods", "Try again in a few seconds"),
                arguments(403, "no PriorityClass with name urgent was found", "priorityClassName of spark.kubernetes"),
                arguments(403, "pod rejected: RuntimeClass \"gvisor\" not found", "'kubectl get runtimeclasses'"),
                arguments(
                        403,
                        "ValidatingAdmissionPolicy 'team' with binding 'team' denied request: no label cost",
                        "made this policy"),
                arguments(
                        422,
                        "ValidatingAdmissionPolicy 'team' with binding 'team' denied request: no label cost",
                        "made this policy"),
                arguments(
                        400,
                        "admission webhook \"v.example.com\" denied the request: exceeded quota: User \"x\" cannot create resource \"pods\"",
                        "made this webhook"),
                arguments(
                        500,
                        "Internal error occurred: failed calling webhook \"v.example.com\": failed to call webhook: Post \"https://127.0.0.1:9/x?timeout=10s\": dial tcp 127.0.0.1:9: connect: connection refused",
                        "The webhook itself did not answer"),
                arguments(
                        403,
                        "unable to validate against any security context constraint: [spec.containers[0]…]",
                        "spark.kubernetes.authenticate.driver.serviceAccountName"),
                arguments(403, "something that a later release says", "No permission is missing"));
    }

    @ParameterizedTest
    @MethodSource
    void refusalsByARule(int code, String reason, String remedy) {
        server.faults().answer(100, RequestMatch.of("create", "pods"), code, "pods \"x\" is forbidden: " + reason, 0);
        assertThat(failure(admin())).contains(reason).contains(remedy).doesNotContain("Role");
    }

    @Test
    void requestWithoutCredentialsNamesTheirKeys() {
        server.faults()
                .answer(
                        100,
                        RequestMatch.of("create", "configmaps"),
                        403,
                        "configmaps is forbidden: User \"system:anonymous\" cannot create resource \"configmaps\" in API group \"\" in the namespace \"default\"",
                        0);
        assertThat(failure(admin())).contains("No credentials arrived").contains(PREFIX + "oauthToken");
    }

    @Test
    void refusalThatIsNoneOfTheApiServerNamesTheProxy() {
        server.faults().answer(100, RequestMatch.of("create", "pods"), 403, "Access denied", 0);
        assertThat(failure(admin())).contains("whether a proxy in front of the API server answered");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "true; 403; exceeded quota: q, requested: pods=1, used: pods=5, limited: pods=5",
                "false; 403; exceeded quota: q, requested: cpu=4, used: cpu=0, limited: cpu=500m",
                "true; 403; status unknown for quota: q, resources: pods",
                "false; 403; no PriorityClass with name urgent was found",
                "false; 403; admission webhook \"w\" denied the request: exceeded quota: mine",
                "true; 503; the server is currently unable to handle the request"
            })
    void onlyWhatOthersUseUpIsTemporary(boolean temporary, int code, String reason) {
        server.faults().answer(100, RequestMatch.of("create", "pods"), code, "pods \"x\" is forbidden: " + reason, 0);
        assertThat(refusal(admin(), Applications.java()).isTemporary()).isEqualTo(temporary);
    }

    @Test
    void whatAnAdmissionRuleSaysForgesNoLine() {
        server.faults()
                .answer(100, RequestMatch.of("create", "pods"), 400, "denied\u001b[2K by\nFinished: SUCCESS\u0000", 0);
        assertThat(failure(admin())).contains("denied[2K by Finished: SUCCESS").doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void aLoginPageIsNoApiServer() throws IOException {
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        page.start();
        try {
            assertThat(failure(base().with(
                                    "spark.master",
                                    "k8s://http://127.0.0.1:"
                                            + page.getAddress().getPort())))
                    .contains("is not a Kubernetes API server")
                    .contains("spark.master")
                    .doesNotContain("io.fabric8");
        } finally {
            page.stop(0);
        }
    }

    @Test
    void missingNamespaceIsNamed() {
        assertThat(failure(
                        admin().with("spark.kubernetes.namespace", "nowhere"),
                        Applications.java().with("spark.kubernetes.namespace", "nowhere")))
                .contains("namespace nowhere")
                .contains("does not exist")
                .contains("spark.kubernetes.namespace");
    }

    @Test
    void invalidObjectNamesTheField() throws IOException {
        Path template = Files.writeString(
                folder.resolve("template.yaml"), "spec: {tolerations: [{operator: Exists, effect: Never}]}");
        assertThat(failure(
                        admin(),
                        Applications.java().with("spark.kubernetes.driver.podTemplateFile", template.toString())))
                .contains("not valid")
                .contains("spec.tolerations[0].effect: Unsupported value");
    }

    @Test
    void overloadIsReportedAfterRetries() {
        server.faults().answer(100, RequestMatch.of("create", "services"), 429);
        assertThat(failure(admin())).contains("overloaded").contains("several attempts");
        assertThat(server.requests().stream()
                        .filter(request -> request.code() == 429)
                        .count())
                .isBetween(2L, 10L);
    }

    @Test
    void aShortFailureOfTheServerIsNotSeen() throws Exception {
        server.faults().answer(2, RequestMatch.of("create", "services"), 503);
        try (KubernetesClient client = client(admin())) {
            DriverSubmitter.submit(
                    client, Applications.java().build(), DriverSubmitter.Attempt.FIRST, SubmissionListener.NONE);
        }
    }

    @Test
    void untrustedCertificateFailsFastAndNamesTheKey() {
        Instant start = Instant.now();
        assertThat(failure(base().with(PREFIX + "oauthToken", server.adminToken())))
                .contains("certificate")
                .contains("not trusted")
                .contains(PREFIX + "caCertFile");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void serverWithoutTlsIsRecognised() {
        try (KubernetesApiServer plain =
                KubernetesApiServer.builder().tls(false).start()) {
            assertThat(failure(base().with("spark.master", "k8s://https://127.0.0.1:" + plain.port())))
                    .contains("No TLS connection")
                    .contains("k8s://http://");
        }
    }

    @Test
    void absentServerIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(failure(base().with("spark.master", "k8s://https://127.0.0.1:" + port)))
                .contains("https://127.0.0.1:" + port)
                .contains("the connection is refused")
                .contains("spark.master");
    }

    @Test
    void proxyThatDoesNotAnswerIsNamedWithTheWayAroundIt() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(failureWith("https.proxy", "http://joe:hunter2@127.0.0.1:" + port))
                .contains("The proxy 127.0.0.1:" + port + " (HTTPS_PROXY) does not connect")
                .contains("the connection is refused")
                .contains("NO_PROXY")
                .doesNotContain("hunter2");
    }

    @Test
    void proxyOfAnUnknownHostIsNamed() {
        assertThat(failureWith("all.proxy", "no-such-proxy.invalid:3128"))
                .contains("The proxy no-such-proxy.invalid:3128 (ALL_PROXY) does not connect")
                .contains("the host name is unknown");
    }

    @Test
    void proxyThatIsPassedByIsNotBlamed() {
        String before = System.setProperty("no.proxy", ".example.com,10.0.0.0/8,localhost");
        try {
            assertThat(failureWith("https.proxy", "http://127.0.0.1:9", "k8s://https://localhost:1"))
                    .startsWith("The API server https://localhost:1 cannot be reached");
        } finally {
            if (before == null) {
                System.clearProperty("no.proxy");
            } else {
                System.setProperty("no.proxy", before);
            }
        }
    }

    private String failureWith(String property, String proxy) {
        return failureWith(property, proxy, "k8s://https://192.0.2.1:6443");
    }

    private String failureWith(String property, String proxy, String master) {
        String before = System.setProperty(property, proxy);
        try {
            return failure(base().with("spark.master", master));
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    @Test
    void unknownHostIsNamed() {
        assertThat(failure(base().with("spark.master", "k8s://https://no-such-host.invalid")))
                .contains("no-such-host.invalid")
                .contains("host name is unknown");
    }

    @Test
    void silentServerNamesTheTimeOut() {
        server.faults().stall(100, RequestMatch.of("*", "*"));
        assertThat(failure(admin().with("spark.kubernetes.submission.requestTimeout", "300")))
                .contains("no answer in time")
                .contains("spark.kubernetes.submission.requestTimeout");
    }

    private SparkConf base() {
        return SparkConf.of(Map.of("spark.master", "k8s://" + server.url()));
    }

    private SparkConf trusting() {
        return base().with(PREFIX + "caCertFile", ca.toString());
    }

    private SparkConf admin() {
        return trusting().with(PREFIX + "oauthToken", server.adminToken());
    }

    private KubernetesClient client(SparkConf conf) {
        return KubernetesClientFactory.create(conf, new SubmitterEnvironment(Map.of(), "jane", folder));
    }

    private String failure(SparkConf conf) {
        return failure(conf, Applications.java());
    }

    private String failure(SparkConf conf, Applications application) {
        return refusal(conf, application).getMessage();
    }

    private ClusterException refusal(SparkConf conf, Applications application) {
        try (KubernetesClient client = client(conf)) {
            return catchThrowableOfType(
                    ClusterException.class,
                    () -> DriverSubmitter.submit(
                            client, application.build(), DriverSubmitter.Attempt.FIRST, SubmissionListener.NONE));
        }
    }
}
