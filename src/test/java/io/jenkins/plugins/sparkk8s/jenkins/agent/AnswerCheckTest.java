package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.PodGroup;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent under the control of an attacker. */
class AnswerCheckTest {
    private static final String LABEL = "sparkk8s.jenkins.io/application-id";
    private static final String APPLICATION = Requests.IDENTITY.applicationId();

    private static final String JOB = "sparkk8s.jenkins.io/job";

    @TempDir
    Path home;

    private Requests request;
    private DriverSpec spec;

    @BeforeEach
    void makeHonestAnswer() throws Exception {
        request =
                Requests.ofImage().uploadTo("hdfs://nn/spark").conf("spark.kubernetes.driver.label." + JOB, "0123abcd");
        spec = new Workspace(home).check(request).preview();
    }

    private void answer(DriverSpec changed, List<String> directories, Requests asked) {
        new AnswerCheck(asked.build())
                .verified(PreparedSubmission.of(
                        "x", changed, new StagedArtifacts(Map.of(), directories, 0), Duration.ZERO, List.of()));
    }

    private void assertRefused(DriverSpec changed, String complaint) {
        assertThatThrownBy(() -> answer(changed, List.of(), request))
                .isInstanceOf(UntrustedAnswerException.class)
                .hasMessage(complaint);
    }

    private DriverSpec with(HasMetadata object) {
        List<HasMetadata> more = new ArrayList<>(spec.resources());
        more.add(object);
        return new DriverSpec(spec.pod(), spec.properties(), spec.preResources(), more, spec.warnings());
    }

    private DriverSpec withPod(UnaryOperator<PodBuilder> change) {
        return new DriverSpec(
                change.apply(new PodBuilder(spec.pod())).build(),
                spec.properties(),
                spec.preResources(),
                spec.resources(),
                spec.warnings());
    }

    @Test
    void honestAnswerIsTaken() {
        assertThatCode(() -> answer(
                        spec, List.of("hdfs://nn/spark/spark-upload-00112233445566778899aabbccddeeff-1"), request))
                .doesNotThrowAnyException();
    }

    @Test
    void aDriverWithoutTheLabelOfItsJobIsRefused() {
        String complaint = "a driver pod without the label " + JOB + "=0123abcd";

        assertRefused(withPod(pod -> pod.editMetadata().removeFromLabels(JOB).endMetadata()), complaint);
        assertRefused(
                withPod(pod -> pod.editMetadata().addToLabels(JOB, "other").endMetadata()), complaint);
    }

    @Test
    void podGroupOfVolcanoIsTaken() {
        PodGroup group = new PodGroup();
        group.setMetadata(new ObjectMetaBuilder()
                .withName("group")
                .withNamespace("reports")
                .addToLabels(LABEL, APPLICATION)
                .build());

        assertThatCode(() -> answer(with(group), List.of(), request)).doesNotThrowAnyException();
        group.setApiVersion("v1");
        assertRefused(with(group), "an object of kind PodGroup");
    }

    @Test
    void otherKindsAreRefused() {
        assertRefused(
                with(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("admin")
                        .endMetadata()
                        .build()),
                "an object of kind ClusterRoleBinding");
        assertRefused(
                with(new ConfigMapBuilder()
                        .withKind("RoleBinding")
                        .withNewMetadata()
                        .withNamespace("reports")
                        .addToLabels(LABEL, APPLICATION)
                        .endMetadata()
                        .build()),
                "an object of kind RoleBinding");
        assertRefused(withPod(pod -> pod.withKind("Node")), "an object of kind Node");
        assertRefused(withPod(pod -> pod.withApiVersion("v2")), "an object of kind Pod");
    }

    @Test
    void otherNamespacesAreRefused() {
        assertRefused(
                withPod(pod -> pod.editMetadata().withNamespace("kube-system").endMetadata()),
                "objects for the namespace kube-system");
        assertRefused(
                with(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("kube-system")
                        .addToLabels(LABEL, APPLICATION)
                        .endMetadata()
                        .build()),
                "a ConfigMap for another namespace");
        assertRefused(
                withPod(pod -> pod.editMetadata().withNamespace(null).endMetadata()), "a pod without a namespace");
    }

    @Test
    void propertiesFileMayNameANamespaceUnlessTheStepDoes() {
        DriverSpec elsewhere = new DriverSpec(
                withPod(pod -> pod.editMetadata().withNamespace("other").endMetadata())
                        .pod(),
                spec.properties(),
                List.of(),
                List.of(),
                List.of());
        Requests withFile = request.files("propertiesFile", "p.properties");

        assertThatCode(() -> answer(elsewhere, List.of(), withFile)).doesNotThrowAnyException();
        assertThatThrownBy(() -> answer(elsewhere, List.of(), withFile.conf("spark.kubernetes.namespace", "reports")))
                .isInstanceOf(UntrustedAnswerException.class);
    }

    @Test
    void objectsOfOtherApplicationsAreRefused() {
        assertRefused(
                withPod(pod -> pod.editMetadata().addToLabels(LABEL, "spark-1").endMetadata()),
                "a Pod of another application");
        assertRefused(
                withPod(pod -> pod.editMetadata()
                        .addToLabels("spark-app-selector", "spark-1")
                        .endMetadata()),
                "a pod of another application");
    }

    @Test
    void secretsThatTheClusterWouldFillAreRefused() {
        assertRefused(
                with(new SecretBuilder()
                        .withType("kubernetes.io/service-account-token")
                        .withNewMetadata()
                        .withNamespace("reports")
                        .addToLabels(LABEL, APPLICATION)
                        .endMetadata()
                        .build()),
                "a Secret of type kubernetes.io/service-account-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hdfs://nn/",
                "hdfs://nn/user",
                "hdfs://nn/spark/spark-upload-ffffffffffffffffffffffffffffffff-1",
                "hdfs://nn/spark/../spark-upload-00112233445566778899aabbccddeeff-1",
                "hdfs://nn/spark/spark-upload-00112233445566778899aabbccddeeff-1/..",
                "file:/var/spark-upload-00112233445566778899aabbccddeeff-1",
                "spark-upload-00112233445566778899aabbccddeeff-1",
                ""
            })
    void directoriesThatAreNotOfThisApplicationAreRefused(String directory) {
        assertThatThrownBy(() -> answer(spec, List.of(directory), request))
                .isInstanceOf(UntrustedAnswerException.class)
                .hasMessage("the upload directory " + directory);
    }
}
