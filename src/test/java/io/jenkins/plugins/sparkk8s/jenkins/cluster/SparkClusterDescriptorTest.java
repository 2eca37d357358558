package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.util.FormValidation;
import hudson.util.FormValidation.Kind;
import hudson.util.ListBoxModel;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.access.AccessDeniedException;

class SparkClusterDescriptorTest {
    private final TestJenkins jenkins = new TestJenkins();
    private final SparkCluster.DescriptorImpl descriptor = new SparkCluster.DescriptorImpl();
    private KubernetesApiServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().start();
        jenkins.token("admin", server.adminToken());
        jenkins.with(ClusterConnections.class, new ClusterConnections(Duration.ZERO, folder));
    }

    @AfterEach
    void stop() {
        server.close();
        jenkins.close();
    }

    static Stream<Method> formMethods() {
        return Arrays.stream(SparkClusterDescriptor.class.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("do"));
    }

    @ParameterizedTest
    @MethodSource("formMethods")
    void eachFormMethodTakesPostAlone(Method method) {
        assertThat(method.isAnnotationPresent(RequirePOST.class)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("formMethods")
    void formMethodsReturnNothingToNonAdministrators(Method method) throws Exception {
        jenkins.isAnonymous();
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> type == boolean.class ? (Object) Boolean.TRUE : server.url() + "?wrong value")
                .toArray();

        if (method.getName().startsWith("doTest")) {
            assertThatThrownBy(() -> method.invoke(descriptor, arguments))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasCauseInstanceOf(AccessDeniedException.class);
        } else if (method.getName().startsWith("doFill")) {
            assertThat((ListBoxModel) method.invoke(descriptor, "mine", "s3a://bucket/x"))
                    .extracting(option -> option.value)
                    .containsExactly("mine");
        } else {
            FormValidation answer = (FormValidation) method.invoke(descriptor, arguments);
            assertThat(answer.kind).isEqualTo(Kind.OK);
            assertThat(answer.getMessage()).isNull();
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void checksReportInvalidValues() {
        assertThat(descriptor.doCheckApiServerUrl("", false).kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckApiServerUrl("", true).kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckApiServerUrl("http://x", false).kind).isEqualTo(Kind.WARNING);
        assertThat(descriptor.doCheckSkipTlsVerify(true).kind).isEqualTo(Kind.WARNING);
        assertThat(descriptor.doCheckSkipTlsVerify(false).kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckFolders("none").kind).isEqualTo(Kind.WARNING);
        assertThat(descriptor.doCheckAllowedNamespaces("a", "b").kind).isEqualTo(Kind.WARNING);
        assertThat(descriptor.doCheckAllowedNamespaces("a", "a").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckCredentialsId("admin", true, "").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckCredentialsId("gone", false, "").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckCredentialsId("admin", false, server.url()).kind)
                .isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckCredentialsId("", false, "").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckConf("spark.kubernetes.namspace=x").kind).isEqualTo(Kind.WARNING);
        assertThat(descriptor.doCheckConf("spark.ui.password=x").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckConf(null).kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckName("").getMessage()).contains("The name is missing");
        assertThat(descriptor.doCheckImage("spark 4").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckServiceAccount("No_Good").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckSparkVersion("banana").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckSparkVersion("3.5.6").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckStartTimeout("600").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckStartTimeout("soon").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckStartTimeout("10m").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckRetainSucceeded("forever").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckRetainFailed("7").kind).isEqualTo(Kind.ERROR);
        assertThat(server.requests()).isEmpty();
    }

    private FormValidation test(String url, String credentialsId, String uploadPath, String conf)
            throws InterruptedException {
        return descriptor.doTestConnection(
                "test",
                url,
                server.caCertificatePem(),
                false,
                credentialsId,
                false,
                "default",
                "",
                "",
                "",
                uploadPath,
                "",
                "",
                conf,
                "");
    }

    @Test
    void connectionTestReportsVersionPermissionsAndUploadPath() throws Exception {
        FormValidation answer = test(server.url(), "admin", folder.toUri().toString(), "");

        assertThat(answer.getMessage())
                .contains("Connected to Kubernetes v")
                .contains("A file was written to the upload path " + folder.toUri()
                        + ", read and removed, from the controller.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void uploadPathIsTestedFromTheNodeOfANameOrLabel() throws Exception {
        TestNode online = new TestNode("agent-1", folder);
        jenkins.node(new TestNode("agent-0", null), "linux");
        jenkins.node(online, "linux");

        for (String node : List.of("agent-1", "linux")) {
            FormValidation answer = test(folder.toUri().toString(), node);
            assertThat(answer.getMessage()).contains("read and removed, from the agent agent-1.");
        }
        assertThat(online.calls()).isEqualTo(2);
        assertThat(test(folder.toUri().toString(), "agent-0").getMessage())
                .contains("there is no online agent with the name or label agent-0");
        assertThat(test(folder.toUri().toString(), "nowhere").kind).isEqualTo(Kind.ERROR);
        assertThat(test("s3a://uploads/x", "agent-1").getMessage())
                .contains("The upload path s3a://uploads/x could not be written from the agent agent-1: ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void uploadPathTestReportsACredentialThatCannotBeUsed() throws Exception {
        SparkCluster cluster = new SparkCluster("test", server.url());
        cluster.setUploadPath("s3a://uploads/x");
        cluster.setUploadCredentialsId("gone");

        FormValidation answer = new UploadPathTest(cluster, null).run();

        assertThat(answer.kind).isEqualTo(Kind.ERROR);
        assertThat(answer.getMessage()).contains("The credential gone for the upload path");
    }

    @Test
    void uploadPathTestNamesEndpointAndKey() throws Exception {
        jenkins.keys("keys", "AKID", "swordfish");
        SparkCluster cluster = new SparkCluster("test", server.url());
        cluster.setUploadPath("s3a://uploads/x");
        cluster.setUploadCredentialsId("keys");
        cluster.setConf("spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:1");

        FormValidation answer = new UploadPathTest(cluster, null).run();

        assertThat(answer.kind).isEqualTo(Kind.ERROR);
        assertThat(answer.getMessage())
                .contains(
                        "s3a://uploads/x", "from the controller", "http://127.0.0.1:1", "spark.hadoop.fs.s3a.endpoint")
                .doesNotContain("swordfish");
    }

    private FormValidation test(String uploadPath, String node) throws InterruptedException {
        return descriptor.doTestConnection(
                "test",
                server.url(),
                server.caCertificatePem(),
                false,
                "admin",
                false,
                "default",
                "",
                "",
                "",
                uploadPath,
                "",
                "",
                "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:1",
                node);
    }

    @Test
    void connectionTestReportsEachInvalidSettingWithoutConnecting() throws Exception {
        FormValidation answer = test("ftp://x", "admin", "relative", "");

        assertThat(answer.getMessage())
                .contains("The API server URL must", "The upload path must")
                .doesNotContain("Spark cluster test");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aTryCreatesNothingInTheCluster() throws Exception {
        test(server.url(), "admin", "", "");

        assertThat(server.requests())
                .filteredOn(request -> !request.method().equals("GET"))
                .allSatisfy(request -> assertThat(request.path()).contains("reviews"));
    }

    @Test
    void connectionTestReportsMissingPermissions() throws Exception {
        try (KubernetesClient admin =
                new KubernetesClientBuilder().withConfig(server.clientConfig()).build()) {
            admin.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName("weak")
                            .withNamespace("kube-system")
                            .endMetadata()
                            .build())
                    .create();
        }
        jenkins.token("weak", server.token("kube-system", "weak"));

        FormValidation answer = test(server.url(), "weak", "", "");

        assertThat(answer.kind).isEqualTo(Kind.ERROR);
        assertThat(answer.getMessage()).contains("This user may not").contains("create pods in namespace default");
    }

    @Test
    void connectionTestReportsTheCauseOfAFailure() throws Exception {
        jenkins.token("wrong", "s3cr3t");

        assertThat(test(server.url(), "wrong", "", "").getMessage())
                .contains("does not accept the credentials")
                .doesNotContain("s3cr3t");
        assertThat(test("https://127.0.0.1:1", "admin", "", "").getMessage()).contains("refuses the connection");
        assertThat(test(server.url().replace("https", "http"), "admin", "", "").kind)
                .isEqualTo(Kind.ERROR);
        assertThat(test(server.url(), "gone", "", "").getMessage()).contains("gone");
    }

    @Test
    void connectionTestReportsAnUntrustedCertificate() throws Exception {
        SparkCluster cluster = new SparkCluster("test", server.url());
        cluster.setCredentialsId("admin");

        assertThat(new ConnectionTest(cluster, null, ClusterConnections.get()).run())
                .singleElement()
                .asString()
                .contains("is not trusted. Paste the certificate");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aTryDoesNotLeadToOtherFileSystemsOfTheController() throws Exception {
        assertThat(test(server.url(), "admin", "viewfs:///x", "").getMessage()).contains("scheme viewfs");
    }

    @Test
    void aTryOfAWrongFormConnectsNowhere() throws Exception {
        assertThat(test(server.url(), "admin", "", "spark.ui.password=x").getMessage())
                .contains("secretConf");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aLimitIsAWholeNumber() {
        assertThat(descriptor.doCheckMaxApplications("").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckMaxApplications("0").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckMaxApplications("many").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckMaxApplications("-1").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckMaxApplicationsPerJob("2").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckMaxApplicationsPerJob("0").kind).isEqualTo(Kind.ERROR);
    }
}
