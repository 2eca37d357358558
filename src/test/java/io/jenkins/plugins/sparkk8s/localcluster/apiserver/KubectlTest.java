package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with kubectl; skipped where there is none. */
class KubectlTest {

    @TempDir
    private Path directory;

    private KubernetesApiServer server;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(
                java.util.Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, "kubectl"))),
                "kubectl is not on the PATH");
        server = KubernetesApiServer.builder().start();
        Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
        Files.writeString(directory.resolve("pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: driver, labels: {spark-role: driver}}
                spec:
                  containers:
                  - {name: main, image: spark, args: [driver, spark-internal]}
                """);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void createsShowsAndDeletesAPod() throws Exception {
        assertThat(kubectl("create", "-f", "pod.yaml")).isEqualTo("pod/driver created\n");
        assertThat(kubectl("get", "pods", "-l", "spark-role=driver"))
                .containsPattern("NAME +READY +STATUS +RESTARTS +AGE\\ndriver +0/1 +Pending +0 +\\d+s");
        assertThat(kubectl("get", "pods", "-o", "wide")).contains("IP", "NODE");
        assertThat(kubectl("get", "pod", "driver", "-o", "jsonpath={.spec.containers[0].args}"))
                .isEqualTo("[\"driver\",\"spark-internal\"]");
        assertThat(kubectl("describe", "pod", "driver"))
                .contains("Service Account:  default", "Status:           Pending");
        assertThat(kubectl("delete", "pod", "driver")).contains("pod \"driver\" deleted");
        assertThat(kubectl("get", "pods")).contains("No resources found in default namespace.");
    }

    @Test
    void appliesAndRefusesUnknownFields() throws Exception {
        assertThat(kubectl("apply", "--server-side", "-f", "pod.yaml")).contains("serverside-applied");
        assertThat(kubectl("apply", "--server-side", "--validate=false", "-f", "pod.yaml"))
                .contains("serverside-applied");
        Path file = directory.resolve("pod.yaml");
        Files.writeString(file, Files.readString(file).replace("image:", "imgae: x, image:"));
        assertThat(kubectl("apply", "--server-side", "-f", "pod.yaml")).contains("unknown field");
    }

    @Test
    void createsWhatItMakesUpItself() throws Exception {
        assertThat(kubectl("create", "namespace", "spark")).isEqualTo("namespace/spark created\n");
        assertThat(kubectl("create", "serviceaccount", "spark", "-n", "spark")).contains("created");
        assertThat(kubectl("create", "configmap", "conf", "--from-literal=a=b")).contains("created");
        assertThat(kubectl("get", "configmap", "conf", "-o", "jsonpath={.data.a}"))
                .isEqualTo("b");
        assertThat(kubectl("create", "service", "clusterip", "ui", "--tcp=4040"))
                .contains("created");
        assertThat(kubectl("get", "service", "ui")).contains("4040/TCP");
        assertThat(kubectl("auth", "can-i", "create", "pods")).contains("yes");
        assertThat(kubectl("delete", "namespace", "spark")).contains("deleted");
        assertThat(kubectl("logs", "none")).contains("pods \"none\" not found");
    }

    @Test
    void createsScalesAndExplainsADeployment() throws Exception {
        assertThat(kubectl("create", "deployment", "web", "--image=spark", "--replicas=2", "--", "sleep", "100"))
                .isEqualTo("deployment.apps/web created\n");
        assertThat(kubectl("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].command}"))
                .isEqualTo("[\"sleep\",\"100\"]");
        assertThat(kubectl("scale", "deployment", "web", "--replicas=3")).isEqualTo("deployment.apps/web scaled\n");
        assertThat(kubectl("get", "deployment", "web", "-o", "wide"))
                .containsPattern("web +0/3 +0 +0 .*spark +app=web");
        assertThat(kubectl("explain", "deployment.spec.replicas")).contains("FIELD: replicas <integer>");
        assertThat(kubectl("explain", "pod.spec.containers.image")).contains("FIELD: image <string>");
    }

    @Test
    void refusesWhatTheClusterDoesNotHaveClearly() throws Exception {
        kubectl("create", "-f", "pod.yaml");
        assertThat(kubectl("exec", "driver", "--", "ls")).contains("does not have a host assigned");
        Files.writeString(directory.resolve("bound.yaml"), """
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: bound}
                spec: {nodeName: n1, containers: [{name: main, image: spark}]}
                """);
        kubectl("create", "-f", "bound.yaml");
        assertThat(kubectl("exec", "bound", "--", "ls")).contains("exec is not supported by the local cluster");
        assertThat(kubectl("get", "nodes", "-o", "wide")).contains("INTERNAL-IP", "CONTAINER-RUNTIME");
        assertThat(kubectl("describe", "node", "n1")).contains("Name:               n1");
    }

    @Test
    void reportsWhoOwnsAField() throws Exception {
        kubectl("apply", "--server-side", "--field-manager=first", "-f", "pod.yaml");
        Path file = directory.resolve("pod.yaml");
        Files.writeString(file, Files.readString(file).replace("image: spark", "image: other"));

        assertThat(kubectl("apply", "--server-side", "--field-manager=second", "-f", "pod.yaml"))
                .contains("conflict with \"first\": .spec.containers[name=\"main\"].image");
        assertThat(kubectl("apply", "--server-side", "--field-manager=second", "--force-conflicts", "-f", "pod.yaml"))
                .contains("serverside-applied");
    }

    @Test
    void showsChangesAsTheyCome() throws Exception {
        Process watching = run("get", "pods", "-w");
        try {
            await().until(() -> server.openWatches() == 1);
            kubectl("create", "-f", "pod.yaml");
            kubectl(
                    "patch",
                    "pod",
                    "driver",
                    "--subresource=status",
                    "--type=merge",
                    "-p",
                    "{\"status\":{\"phase\":\"Running\"}}");
            await().untilAsserted(() -> assertThat(output())
                    .containsPattern("driver +0/1 +Pending")
                    .containsPattern("driver +0/1 +Running"));
        } finally {
            watching.destroy();
            watching.waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(server.requests())
                .anyMatch(r -> r.path().equals(PODS) && r.query().contains("watch=true"));
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private String kubectl(String... arguments) throws Exception {
        Path out = directory.resolve("out-" + arguments[0]);
        Process process = start(out, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    private Process run(String... arguments) throws IOException {
        return start(directory.resolve("out"), arguments);
    }

    private Process start(Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--cache-dir=" + directory.resolve("cache")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("KUBECONFIG", directory.resolve("kubeconfig").toString());
        return builder.start();
    }
}
