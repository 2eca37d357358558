package io.jenkins.plugins.sparkk8s.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container finds around it: environment, volumes, names of Services; and its log. */
class ContainerSurroundingsTest extends KubeletCase {
    @Test
    void givesTheEnvironmentOfThePodAndNotTheHosts() {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("secret")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToStringData("password", "hidden")
                        .build())
                .create();
        create(new PodBuilder(command("environment", "env"))
                .editMetadata()
                .addToLabels("colour", "blue")
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("PLAIN")
                .withValue("one")
                .endEnv()
                .addNewEnv()
                .withName("DEPENDENT")
                .withValue("$(PLAIN)-two")
                .endEnv()
                .addNewEnv()
                .withName("COLOUR")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("metadata.labels['colour']")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("IP")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("status.podIP")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("PASSWORD")
                .withNewValueFrom()
                .withNewSecretKeyRef("password", "secret", false)
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .build());

        Pod pod = awaitPhase("environment", "Succeeded");

        List<String> names = log("environment")
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(log("environment").lines())
                .contains(
                        "PLAIN=one",
                        "DEPENDENT=one-two",
                        "COLOUR=blue",
                        "PASSWORD=hidden",
                        "HOSTNAME=environment",
                        "IP=" + pod.getStatus().getPodIP());
        assertThat(names)
                .isSubsetOf(
                        "PLAIN",
                        "DEPENDENT",
                        "COLOUR",
                        "IP",
                        "PASSWORD",
                        "HOSTNAME",
                        "HOME",
                        "PATH",
                        "JAVA_HOME",
                        "LANG",
                        "KUBERNETES_SERVICE_HOST",
                        "KUBERNETES_SERVICE_PORT",
                        "PWD",
                        "SHLVL",
                        "_");
    }

    @Test
    void mountsVolumesAtTheirTruePathsAndLeavesTheHostUntouched(@TempDir Path host) throws IOException {
        Files.writeString(host.resolve("given"), "from the host");
        create(new PodBuilder(command(
                        "mounts",
                        "cat /data/host/given && echo written > /data/host/back && touch /data/empty/x"
                                + " && ls /data/empty && ! touch /etc/read-only/y 2>/dev/null"
                                + " && cat /var/run/secrets/kubernetes.io/serviceaccount/namespace"))
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("host")
                .withMountPath("/data/host")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("empty")
                .withMountPath("/data/empty")
                .withSubPath("deep/er")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("host")
                .withMountPath("/etc/read-only")
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("host")
                .withNewHostPath(host.toString(), "Directory")
                .endVolume()
                .addNewVolume()
                .withName("empty")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build());

        awaitPhase("mounts", "Succeeded");

        assertThat(log("mounts")).isEqualTo("from the hostx\n" + namespace);
        assertThat(host.resolve("back")).hasContent("written\n");
        assertThat(Path.of("/data/host")).doesNotExist();
        assertThat(Path.of("/etc/read-only")).doesNotExist();
    }

    @Test
    void bindsAClaimToADirectoryThatTwoPodsShare() {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .load(getClass().getResourceAsStream("claim.yaml"))
                .create();
        create(withClaim(command("writer", "echo kept > /claim/file")));
        awaitPhase("writer", "Succeeded");

        create(withClaim(command("reader", "cat /claim/file")));
        awaitPhase("reader", "Succeeded");

        assertThat(log("reader")).isEqualTo("kept\n");
    }

    @Test
    void waitsForAConfigMapThatComesLate() {
        create(new PodBuilder(command("late", "cat /conf/key"))
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("conf")
                .withMountPath("/conf")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("conf")
                .withNewConfigMap()
                .withName("late")
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build());
        await().untilAsserted(() -> assertThat(events("late"))
                .extracting(Event::getMessage)
                .contains("MountVolume.SetUp failed for volume \"conf\" : configmap \"late\" not found"));
        assertThat(waitingReason(pod("late").get())).isEqualTo("ContainerCreating");

        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("late")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToData("key", "value")
                        .build())
                .create();

        awaitPhase("late", "Succeeded");
        assertThat(log("late")).isEqualTo("value");
    }

    @Test
    void servesLogsFromATimeAndTheirLastLines() {
        create(command("logs", "echo one; sleep 2; echo two; echo three"));
        awaitPhase("logs", "Succeeded");
        List<String> lines = pod("logs").usingTimestamps().getLog().lines().toList();
        String secondTime = lines.get(1).substring(0, lines.get(1).indexOf(' '));

        assertThat(lines).hasSize(3).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+\\.\\d{9}Z \\w+"));
        assertThat(pod("logs").sinceTime(secondTime).getLog()).isEqualTo("two\nthree\n");
        assertThat(pod("logs").tailingLines(1).getLog()).isEqualTo("three\n");
        assertThat(pod("logs").limitBytes(5).getLog()).isEqualTo("one\nt");
    }

    @Test
    void resolvesAServiceToThePodsItSelects() {
        create(server("sleep 100"));
        Pod server = awaitPhase("server", "Running");
        createService();

        create(command("client", "getent hosts svc." + namespace + ".svc | cut -d ' ' -f 1"));

        awaitPhase("client", "Succeeded");
        assertThat(log("client")).isEqualTo(server.getStatus().getPodIP() + "\n");
    }

    /** Drivers that have ended are kept for days; each has an address only while it runs. */
    @Test
    void resolvesNoServiceToAPodThatHasEnded() {
        create(server("true"));
        createService();
        Pod server = awaitPhase("server", "Succeeded");

        create(command("client", "getent hosts svc." + namespace + ".svc || echo none"));

        awaitPhase("client", "Succeeded");
        assertThat(log("client")).isEqualTo("none\n");
        assertThat(server.getStatus().getPodIP()).isNotEmpty();
    }

    private Pod server(String script) {
        return new PodBuilder(command("server", script))
                .editMetadata()
                .addToLabels("role", "server")
                .endMetadata()
                .build();
    }

    private void createService() {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("svc")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withClusterIP("None")
                        .addToSelector("role", "server")
                        .addNewPort()
                        .withPort(80)
                        .withProtocol("TCP")
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private static Pod withClaim(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("claim")
                .withMountPath("/claim")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("claim")
                .withNewPersistentVolumeClaim("claim", false)
                .endVolume()
                .endSpec()
                .build();
    }
}
