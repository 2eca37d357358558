package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import io.jenkins.plugins.sparkk8s.submission.SubmissionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads when the API server refuses. */
class ApiErrorsTest extends ApiErrorsCase {
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
}
