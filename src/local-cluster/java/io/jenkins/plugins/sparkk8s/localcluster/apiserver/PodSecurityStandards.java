package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The levels {@code baseline} and {@code restricted} of the Pod Security Standards, each check in the order and with the words
 * of Kubernetes. Pods of Windows are no concern of this server.
 */
final class PodSecurityStandards extends HostAccessChecks {
    private static final String CONTEXT = "securityContext";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final Set<String> BASELINE_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");
    private static final Set<String> RESTRICTED_CAPABILITIES = Set.of("NET_BIND_SERVICE");
    private static final Set<String> SAFE_SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");
    private static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final Set<String> VOLUMES = Set.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private PodSecurityStandards(JsonNode pod) {
        super(pod);
    }

    /** One phrase for each check that fails. */
    static List<String> baseline(JsonNode pod) {
        PodSecurityStandards checks = new PodSecurityStandards(pod);
        checks.appArmor();
        checks.capabilities("non-default capabilities", BASELINE_CAPABILITIES, "");
        checks.hostNamespaces();
        checks.hostPathVolumes();
        checks.common(checks.isInUserNamespace());
        checks.unconfinedSeccomp();
        checks.sysctls();
        return checks.list();
    }

    /** One phrase for each check that fails. */
    static List<String> restricted(JsonNode pod) {
        PodSecurityStandards checks = new PodSecurityStandards(pod);
        checks.appArmor();
        checks.hostNamespaces();
        checks.common(false);
        checks.sysctls();
        checks.containers(
                "allowPrivilegeEscalation != false",
                c -> !Json.at(c, CONTEXT, "allowPrivilegeEscalation").isBoolean()
                        || Json.at(c, CONTEXT, "allowPrivilegeEscalation").asBoolean(),
                "must set securityContext.allowPrivilegeEscalation=false");
        checks.capabilities(
                "unrestricted capabilities",
                RESTRICTED_CAPABILITIES,
                checks.affected(
                        c -> Json.list(c, CONTEXT, "capabilities", "drop").stream()
                                .noneMatch(name -> name.asText().equals("ALL")),
                        "must set securityContext.capabilities.drop=[\"ALL\"]"));
        checks.volumeTypes();
        if (!checks.isInUserNamespace()) {
            checks.runAsNonRoot();
            checks.runAsUser();
        }
        checks.seccomp();
        return checks.list();
    }

    /** The server copies an annotation into the field of its container, so that both are named. */
    private void appArmor() {
        Map<String, String> annotations = new LinkedHashMap<>(Json.strings(pod, "metadata", "annotations"));
        annotations.keySet().removeIf(key -> !key.startsWith(APP_ARMOR));
        annotations
                .values()
                .removeIf(
                        value -> value.isEmpty() || value.equals("runtime/default") || value.startsWith("localhost/"));
        Predicate<JsonNode> unconfined =
                holder -> Json.text(holder, CONTEXT, "appArmorProfile", "type").equals("Unconfined");
        List<String> setters = setters(
                unconfined.test(spec),
                c -> unconfined.test(c) || "unconfined".equals(annotations.get(APP_ARMOR + Json.text(c, "name"))));
        List<String> values = new ArrayList<>(setters.isEmpty() ? List.of() : List.of("Unconfined"));
        annotations.forEach((key, value) -> values.add(key + "=\"" + value + '"'));
        if (!annotations.isEmpty()) {
            setters.add(annotations.size() > 1 ? "annotations" : "annotation");
        }
        add(
                values.size() > 1 ? "forbidden AppArmor profiles" : "forbidden AppArmor profile",
                setters.isEmpty()
                        ? ""
                        : String.join(" and ", setters) + " must not set AppArmor profile type to "
                                + values.stream()
                                        .map(value -> '"' + value + '"')
                                        .collect(Collectors.joining(", ")));
    }

    private void capabilities(String check, Set<String> allowed, String drop) {
        Set<String> forbidden = new TreeSet<>();
        String added = affected(
                c -> {
                    List<String> names = Json.list(c, CONTEXT, "capabilities", "add").stream()
                            .map(JsonNode::asText)
                            .filter(name -> !allowed.contains(name))
                            .toList();
                    forbidden.addAll(names);
                    return !names.isEmpty();
                },
                "must not include ");
        List<String> details = new ArrayList<>();
        if (!drop.isEmpty()) {
            details.add(drop);
        }
        if (!added.isEmpty()) {
            details.add(added
                    + forbidden.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "))
                    + " in securityContext.capabilities.add");
        }
        add(check, String.join("; ", details));
    }

    private void common(boolean procMountIsFree) {
        hostPorts();
        hostsOfProbes();
        containers(
                "privileged",
                c -> Json.at(c, CONTEXT, "privileged").asBoolean(),
                "must not set securityContext.privileged=true");
        if (!procMountIsFree) {
            containers(
                    "procMount",
                    c -> !Set.of("", "Default").contains(Json.text(c, CONTEXT, "procMount")),
                    "must not set securityContext.procMount to \"Unmasked\"");
        }
        seLinuxOptions();
    }

    private void seLinuxOptions() {
        List<JsonNode> options = Stream.concat(Stream.of(spec), containers().stream())
                .map(holder -> Json.at(holder, CONTEXT, "seLinuxOptions"))
                .toList();
        List<String> types = options.stream()
                .map(option -> Json.text(option, "type"))
                .filter(type -> !SELINUX_TYPES.contains(type))
                .sorted()
                .distinct()
                .toList();
        Stream<String> fields = Stream.of("user", "role")
                .filter(field -> options.stream()
                        .anyMatch(option -> !Json.text(option, field).isEmpty()))
                .map(field -> field + " may not be set");
        Stream<String> wrongTypes = types.isEmpty() ? Stream.empty() : Stream.of(quoted("type", types));
        podOrContainers(
                "seLinuxOptions",
                forbiddenSeLinux(spec),
                PodSecurityStandards::forbiddenSeLinux,
                "set forbidden securityContext.seLinuxOptions: "
                        + Stream.concat(wrongTypes, fields).collect(Collectors.joining("; ")));
    }

    private static boolean forbiddenSeLinux(JsonNode holder) {
        JsonNode options = Json.at(holder, CONTEXT, "seLinuxOptions");
        return !SELINUX_TYPES.contains(Json.text(options, "type"))
                || !Json.text(options, "user").isEmpty()
                || !Json.text(options, "role").isEmpty();
    }

    private void sysctls() {
        add(
                "forbidden sysctls",
                Json.list(spec, CONTEXT, "sysctls").stream()
                        .map(sysctl -> Json.text(sysctl, "name"))
                        .filter(name -> !SAFE_SYSCTLS.contains(name))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private void volumeTypes() {
        List<String> names = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        for (JsonNode volume : Json.list(spec, "volumes")) {
            volume.fieldNames().forEachRemaining(type -> {
                if (!type.equals("name") && !VOLUMES.contains(type)) {
                    names.add(Json.text(volume, "name"));
                    types.add(type);
                }
            });
        }
        if (!names.isEmpty()) {
            add(
                    "restricted volume types",
                    quoted("volume", names)
                            + (names.size() > 1 ? " use " : " uses ")
                            + quoted("restricted volume type", List.copyOf(types)));
        }
    }

    private void runAsNonRoot() {
        boolean podSays = Json.at(spec, CONTEXT, "runAsNonRoot").asBoolean();
        boolean podDenies = Json.at(spec, CONTEXT, "runAsNonRoot").isBoolean() && !podSays;
        Predicate<JsonNode> isSet = c -> Json.at(c, CONTEXT, "runAsNonRoot").isBoolean();
        Predicate<JsonNode> denies =
                c -> isSet.test(c) && !Json.at(c, CONTEXT, "runAsNonRoot").asBoolean();
        if (podDenies || !names(denies).isEmpty()) {
            podOrContainers(
                    "runAsNonRoot != true", podDenies, denies, "must not set securityContext.runAsNonRoot=false");
        } else if (!podSays) {
            String missing = affected(isSet.negate(), "must set securityContext.runAsNonRoot=true");
            add("runAsNonRoot != true", missing.isEmpty() ? "" : "pod or " + missing);
        }
    }

    private void runAsUser() {
        Predicate<JsonNode> root = holder -> {
            JsonNode user = Json.at(holder, CONTEXT, "runAsUser");
            return user.isNumber() && user.asLong() == 0;
        };
        podOrContainers("runAsUser=0", root.test(spec), root, "must not set runAsUser=0");
    }

    private static String seccomp(JsonNode holder) {
        return Json.text(holder, CONTEXT, "seccompProfile", "type");
    }

    private void unconfinedSeccomp() {
        podOrContainers(
                "seccompProfile",
                seccomp(spec).equals("Unconfined"),
                c -> seccomp(c).equals("Unconfined"),
                "must not set securityContext.seccompProfile.type to \"Unconfined\"");
    }

    private void seccomp() {
        Set<String> allowed = Set.of("RuntimeDefault", "Localhost");
        boolean podIsWrong = !seccomp(spec).isEmpty() && !allowed.contains(seccomp(spec));
        Predicate<JsonNode> wrong = c -> !seccomp(c).isEmpty() && !allowed.contains(seccomp(c));
        if (podIsWrong || !names(wrong).isEmpty()) {
            podOrContainers(
                    "seccompProfile",
                    podIsWrong,
                    wrong,
                    "must not set securityContext.seccompProfile.type to \"Unconfined\"");
        } else if (seccomp(spec).isEmpty()) {
            String missing = affected(
                    c -> seccomp(c).isEmpty(),
                    "must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
            add("seccompProfile", missing.isEmpty() ? "" : "pod or " + missing);
        }
    }
}
