package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks of the Pod Security Standards for what reaches the node or other hosts. */
abstract class HostAccessChecks extends PodViolations {

    HostAccessChecks(JsonNode pod) {
        super(pod);
    }

    /** Such a pod may see all of its {@code /proc} since 1.35; its root is another user of the node. */
    final boolean isInUserNamespace() {
        JsonNode hostUsers = spec.path("hostUsers");
        return hostUsers.isBoolean() && !hostUsers.asBoolean();
    }

    final void hostNamespaces() {
        add(
                "host namespaces",
                Stream.of("hostNetwork", "hostPID", "hostIPC")
                        .filter(name -> spec.path(name).asBoolean())
                        .map(name -> name + "=true")
                        .collect(Collectors.joining(", ")));
    }

    final void hostPathVolumes() {
        List<String> names = Json.list(spec, "volumes").stream()
                .filter(volume -> volume.has("hostPath"))
                .map(volume -> Json.text(volume, "name"))
                .toList();
        add("hostPath volumes", names.isEmpty() ? "" : quoted("volume", names));
    }

    final void hostPorts() {
        Set<Integer> ports = new TreeSet<>();
        List<String> names = names(c -> {
            List<Integer> own = Json.list(c, "ports").stream()
                    .map(port -> port.path("hostPort").asInt())
                    .filter(port -> port != 0)
                    .toList();
            ports.addAll(own);
            return !own.isEmpty();
        });
        add(
                "hostPort",
                names.isEmpty()
                        ? ""
                        : quoted("container", names)
                                + (names.size() > 1 ? " use " : " uses ")
                                + (ports.size() > 1 ? "hostPorts " : "hostPort ")
                                + ports.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    /** Refused since 1.34: the kubelet would send requests to any host for the pod. */
    final void hostsOfProbes() {
        Set<String> hosts = new TreeSet<>();
        List<String> names = names(c -> {
            List<String> own = handlers(c)
                    .flatMap(handler -> Stream.of("httpGet", "tcpSocket").map(kind -> Json.text(handler, kind, "host")))
                    .filter(host -> !host.isEmpty())
                    .toList();
            hosts.addAll(own);
            return !own.isEmpty();
        });
        add(
                "probe or lifecycle host",
                names.isEmpty()
                        ? ""
                        : quoted("container", names)
                                + (names.size() > 1 ? " use " : " uses ")
                                + quoted("probe or lifecycle host", List.copyOf(hosts)));
    }

    private static Stream<JsonNode> handlers(JsonNode container) {
        return Stream.of(
                container.path("livenessProbe"),
                container.path("readinessProbe"),
                container.path("startupProbe"),
                Json.at(container, "lifecycle", "postStart"),
                Json.at(container, "lifecycle", "preStop"));
    }
}
