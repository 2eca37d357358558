package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A namespace's Pod Security level refuses the pods that a real API server refuses, with the same words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodSecurityTest {
    private static final String CONFORMING_POD =
            "\"securityContext\":{\"runAsNonRoot\":true,\"seccompProfile\":" + "{\"type\":\"RuntimeDefault\"}}";
    private static final String CONFORMING_CONTAINER =
            "\"securityContext\":{\"allowPrivilegeEscalation\":false," + "\"capabilities\":{\"drop\":[\"ALL\"]}}";

    private KubernetesApiServer server;
    private PlainClient client;

    @BeforeAll
    void start() throws Exception {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new PlainClient(server);
        namespace("restricted", "\"pod-security.kubernetes.io/enforce\":\"restricted\"");
        namespace(
                "pinned",
                "\"pod-security.kubernetes.io/enforce\":\"restricted\",\"pod-security.kubernetes.io/enforce-version\":\"v1.30\"");
        namespace("baseline", "\"pod-security.kubernetes.io/enforce\":\"baseline\"");
        namespace("warning", "\"pod-security.kubernetes.io/warn\":\"restricted\"");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void namespace(String name, String labels) throws Exception {
        assertThat(client.post(
                                "/api/v1/namespaces",
                                "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels + "}}}")
                        .code())
                .isEqualTo(201);
    }

    private PlainClient.Reply create(String namespace, String body) throws Exception {
        return client.post(PODS.replace("default", namespace) + "?dryRun=All", body);
    }

    private static String withPod(String member) {
        return pod("p").replace("\"spec\":{", "\"spec\":{" + member + ",");
    }

    private static String conforming(String ofPod, String ofContainer) {
        return withPod(ofPod).replace("\"image\":", ofContainer + ",\"image\":");
    }

    @Test
    void namesAllThatAPlainPodLacks() throws Exception {
        PlainClient.Reply reply = create("restricted", pod("p"));

        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.text("message"))
                .isEqualTo(
                        "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": "
                                + "allowPrivilegeEscalation != false (container \"main\" must set securityContext.allowPrivilegeEscalation=false), "
                                + "unrestricted capabilities (container \"main\" must set securityContext.capabilities.drop=[\"ALL\"]), "
                                + "runAsNonRoot != true (pod or container \"main\" must set securityContext.runAsNonRoot=true), "
                                + "seccompProfile (pod or container \"main\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")");
        assertThat(create("pinned", pod("p")).text("message")).contains("PodSecurity \"restricted:v1.30\": ");
    }

    @Test
    void admitsAConformingPod() throws Exception {
        String pod = conforming(CONFORMING_POD, CONFORMING_CONTAINER);

        assertThat(create("restricted", pod).code()).isEqualTo(201);
        assertThat(create("baseline", pod("p")).code()).isEqualTo(201);
        assertThat(create("warning", pod("p")).code()).isEqualTo(201);
        assertThat(create("default", pod("p")).code()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "hostNetwork":true,"hostPID":true | host namespaces (hostNetwork=true, hostPID=true)
            "volumes":[{"name":"v","hostPath":{"path":"/a"}}] | restricted volume types (volume "v" uses restricted volume type "hostPath")
            "volumes":[{"name":"v","hostPath":{"path":"/a"}},{"name":"w","nfs":{"server":"s","path":"/"}}] | restricted volume types (volumes "v", "w" use restricted volume types "hostPath", "nfs")
            "volumes":[{"name":"v","emptyDir":{}},{"name":"w","secret":{"secretName":"s"}}] | NULL
            """, nullValues = "NULL")
    void looksAtThePod(String member, String violation) throws Exception {
        String refusal = "violates PodSecurity \"restricted:latest\": ";

        PlainClient.Reply reply =
                create("restricted", conforming(CONFORMING_POD + "," + member.strip(), CONFORMING_CONTAINER));

        if (violation == null) {
            assertThat(reply.code()).isEqualTo(201);
        } else {
            assertThat(reply.text("message")).endsWith(refusal + violation);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "privileged":true | cannot set `allowPrivilegeEscalation` to false and `privileged` to true
            "runAsNonRoot":false | runAsNonRoot != true (container "main" must not set securityContext.runAsNonRoot=false)
            "runAsUser":0 | runAsUser=0 (container "main" must not set runAsUser=0)
            "runAsUser":185 | NULL
            "seccompProfile":{"type":"Unconfined"} | seccompProfile (container "main" must not set securityContext.seccompProfile.type to "Unconfined")
            "seLinuxOptions":{"type":"container_t"} | NULL
            "seLinuxOptions":{"type":"spc_t","user":"u","role":"r"} | seLinuxOptions (container "main" set forbidden securityContext.seLinuxOptions: type "spc_t"; user may not be set; role may not be set)
            "procMount":"Unmasked" | `hostUsers` must be false to use `Unmasked`
            """, nullValues = "NULL")
    void looksAtAContainer(String member, String violation) throws Exception {
        String container = CONFORMING_CONTAINER.replace("{\"allow", "{" + member.strip() + ",\"allow");

        PlainClient.Reply reply = create("restricted", conforming(CONFORMING_POD, container));

        if (violation == null) {
            assertThat(reply.code()).isEqualTo(201);
        } else {
            assertThat(reply.text("message")).contains(violation);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "livenessProbe":{"httpGet":{"host":"10.0.0.1","port":80}} | probe or lifecycle host (container "main" uses probe or lifecycle host "10.0.0.1")
            "lifecycle":{"preStop":{"httpGet":{"host":"b","port":80}},"postStart":{"tcpSocket":{"host":"a","port":80}}} | probe or lifecycle host (container "main" uses probe or lifecycle hosts "a", "b")
            "ports":[{"containerPort":80,"hostPort":8080}] | hostPort (container "main" uses hostPort 8080)
            "livenessProbe":{"httpGet":{"port":80}} | NULL
            """, nullValues = "NULL")
    void looksAtWhatReachesOtherHosts(String member, String violation) throws Exception {
        PlainClient.Reply reply =
                create("restricted", conforming(CONFORMING_POD, member.strip() + "," + CONFORMING_CONTAINER));

        if (violation == null) {
            assertThat(reply.code()).isEqualTo(201);
        } else {
            assertThat(reply.text("message")).endsWith(violation);
        }
    }

    @Test
    void baselineLetsAPodOfAUserNamespaceSeeItsProc() throws Exception {
        String container = "\"securityContext\":{\"procMount\":\"Unmasked\"}";
        String pod = pod("p").replace("\"image\":", container + ",\"image\":");

        String isolated = pod.replace("\"spec\":{", "\"spec\":{\"hostUsers\":false,");
        assertThat(create("baseline", pod).code()).isEqualTo(422);
        assertThat(create("baseline", isolated).code()).isEqualTo(201);
        assertThat(create("restricted", isolated).text("message"))
                .contains("procMount (container \"main\" must not set securityContext.procMount to \"Unmasked\")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "sysctls":[{"name":"kernel.msgmax","value":"1"},{"name":"net.ipv4.tcp_syncookies","value":"1"},{"name":"a.b","value":"1"}] | forbidden sysctls (kernel.msgmax, a.b)
            "appArmorProfile":{"type":"Unconfined"} | forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined")
            """)
    void looksAtTheContextOfThePod(String member, String violation) throws Exception {
        String context = CONFORMING_POD.replace("{\"runAs", "{" + member.strip() + ",\"runAs");

        assertThat(create("restricted", conforming(context, CONFORMING_CONTAINER))
                        .text("message"))
                .endsWith(violation);
    }

    @Test
    void anAnnotationCountsAsTheProfileOfItsContainer() throws Exception {
        String annotation = "\"container.apparmor.security.beta.kubernetes.io/main\":\"unconfined\"";
        String pod = conforming(CONFORMING_POD, CONFORMING_CONTAINER)
                .replace("\"metadata\":{", "\"metadata\":{\"annotations\":{" + annotation + "},");

        assertThat(create("restricted", pod).text("message"))
                .endsWith(
                        "forbidden AppArmor profiles (container \"main\" and annotation must not set AppArmor profile"
                                + " type to \"Unconfined\", \"container.apparmor.security.beta.kubernetes.io/main=\"unconfined\"\")");
    }

    @Test
    void rootOfAUserNamespaceIsAdmitted() throws Exception {
        String pod = CONFORMING_POD.replace("\"runAsNonRoot\":true,", "");
        String container = CONFORMING_CONTAINER.replace("{\"allow", "{\"runAsUser\":0,\"allow");

        assertThat(create("restricted", conforming("\"hostUsers\":false," + pod, container))
                        .code())
                .isEqualTo(201);
        assertThat(create("restricted", conforming(pod, container)).code()).isEqualTo(403);
    }

    @Test
    void looksAtInitContainersAndCapabilities() throws Exception {
        String init = "\"initContainers\":[{\"name\":\"i\",\"image\":\"i\",\"securityContext\":"
                + "{\"capabilities\":{\"add\":[\"SYS_ADMIN\",\"NET_RAW\"]}}}]";

        PlainClient.Reply reply = create("restricted", conforming(CONFORMING_POD + "," + init, CONFORMING_CONTAINER));

        assertThat(reply.text("message"))
                .contains(
                        "allowPrivilegeEscalation != false (container \"i\" must set",
                        "unrestricted capabilities (container \"i\" must set securityContext.capabilities.drop=[\"ALL\"]; container \"i\" must not include \"NET_RAW\", \"SYS_ADMIN\" in securityContext.capabilities.add)");
    }

    @Test
    void baselineRefusesWhatReachesTheNode() throws Exception {
        String volume = "\"volumes\":[{\"name\":\"v\",\"hostPath\":{\"path\":\"/a\"}}]";

        assertThat(create("baseline", withPod(volume)).text("message"))
                .endsWith("violates PodSecurity \"baseline:latest\": hostPath volumes (volume \"v\")");
    }

    @Test
    void olderServersDoNotKnowTheLevels() throws Exception {
        try (KubernetesApiServer old = KubernetesApiServer.builder()
                .tls(false)
                .version(KubernetesVersion.parse("1.20"))
                .start()) {
            PlainClient oldClient = new PlainClient(old);
            oldClient.post(
                    "/api/v1/namespaces",
                    "{\"metadata\":{\"name\":\"r\",\"labels\":{\"pod-security.kubernetes.io/enforce\":\"restricted\"}}}");

            assertThat(oldClient
                            .post(PODS.replace("default", "r") + "?dryRun=All", pod("p"))
                            .code())
                    .isEqualTo(201);
        }
    }
}
