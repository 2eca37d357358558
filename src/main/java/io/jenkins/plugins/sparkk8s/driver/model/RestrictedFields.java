package io.jenkins.plugins.sparkk8s.driver.model;

import static java.util.Objects.requireNonNullElseGet;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.WindowsSecurityContextOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The fields of a pod template that the Pod Security level {@code restricted} refuses, and that nothing added can mend. */
final class RestrictedFields {
    private static final Set<String> CAPABILITIES = Set.of("NET_BIND_SERVICE");
    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");
    private static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ping_group_range",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.tcp_wmem");

    private final List<String> refused = new ArrayList<>();

    private RestrictedFields() {}

    /** One phrase for each field, with the name of its container or volume. */
    static List<String> refusedIn(Pod template) {
        RestrictedFields fields = new RestrictedFields();
        PodSpec spec = template.getSpec();
        fields.annotations(requireNonNullElseGet(template.getMetadata().getAnnotations(), Map::of));
        fields.hostNamespaces(spec);
        fields.ofPod(requireNonNullElseGet(spec.getSecurityContext(), PodSecurityContext::new));
        Stream.of(spec.getInitContainers(), spec.getContainers())
                .flatMap(List::stream)
                .forEach(fields::ofContainer);
        spec.getVolumes().forEach(fields::volume);
        return fields.refused;
    }

    private void refuse(boolean wrong, String field, Object value, String place) {
        if (wrong) {
            refused.add("%s: %s%s".formatted(field, value, place));
        }
    }

    private void annotations(Map<String, String> annotations) {
        annotations.forEach((key, value) -> refuse(AppArmor.isRefused(key, value), key, value, ""));
    }

    private void hostNamespaces(PodSpec spec) {
        refuse(isTrue(spec.getHostNetwork()), "hostNetwork", true, "");
        refuse(isTrue(spec.getHostPID()), "hostPID", true, "");
        refuse(isTrue(spec.getHostIPC()), "hostIPC", true, "");
    }

    private void ofPod(PodSecurityContext context) {
        String place = " of the pod";
        user(context.getRunAsNonRoot(), context.getRunAsUser(), place);
        profiles(context.getSeccompProfile(), context.getAppArmorProfile(), place);
        seLinux(context.getSeLinuxOptions(), place);
        windows(context.getWindowsOptions(), place);
        for (Sysctl sysctl : context.getSysctls()) {
            refuse(!SYSCTLS.contains(sysctl.getName()), "sysctl", sysctl.getName(), "");
        }
    }

    private void ofContainer(Container container) {
        String place = container.getName() == null ? " of the container" : " of container " + container.getName();
        SecurityContext context = requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
        refuse(isTrue(context.getPrivileged()), "privileged", true, place);
        refuse(isTrue(context.getAllowPrivilegeEscalation()), "allowPrivilegeEscalation", true, place);
        user(context.getRunAsNonRoot(), context.getRunAsUser(), place);
        profiles(context.getSeccompProfile(), context.getAppArmorProfile(), place);
        seLinux(context.getSeLinuxOptions(), place);
        windows(context.getWindowsOptions(), place);
        String procMount = context.getProcMount();
        refuse(procMount != null && !procMount.equals("Default"), "procMount", procMount, place);
        if (context.getCapabilities() != null) {
            context.getCapabilities()
                    .getAdd()
                    .forEach(name -> refuse(!CAPABILITIES.contains(name), "capabilities.add", name, place));
        }
        probes(container, place);
        container.getPorts().stream()
                .map(ContainerPort::getHostPort)
                .filter(port -> port != null && port != 0)
                .forEach(port -> refuse(true, "hostPort", port, place));
    }

    private void probes(Container container, String place) {
        Stream.of(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe())
                .filter(Objects::nonNull)
                .forEach(probe -> hosts(probe.getHttpGet(), probe.getTcpSocket(), place));
        Lifecycle lifecycle = requireNonNullElseGet(container.getLifecycle(), Lifecycle::new);
        Stream.of(lifecycle.getPostStart(), lifecycle.getPreStop())
                .filter(Objects::nonNull)
                .forEach(handler -> hosts(handler.getHttpGet(), handler.getTcpSocket(), place));
    }

    private void hosts(HTTPGetAction get, TCPSocketAction socket, String place) {
        String ofGet = get == null ? null : get.getHost();
        String ofSocket = socket == null ? null : socket.getHost();
        refuse(isGiven(ofGet), "httpGet.host", ofGet, place);
        refuse(isGiven(ofSocket), "tcpSocket.host", ofSocket, place);
    }

    private void user(Boolean nonRoot, Long user, String place) {
        refuse(Boolean.FALSE.equals(nonRoot), "runAsNonRoot", false, place);
        refuse(user != null && user == 0, "runAsUser", 0, place);
    }

    private void profiles(SeccompProfile seccomp, AppArmorProfile appArmor, String place) {
        String type = seccomp == null ? null : seccomp.getType();
        refuse(seccomp != null && !SECCOMP.contains(String.valueOf(type)), "seccompProfile.type", type, place);
        refuse(
                appArmor != null && "Unconfined".equals(appArmor.getType()),
                "appArmorProfile.type",
                "Unconfined",
                place);
    }

    private void seLinux(SELinuxOptions options, String place) {
        if (options != null) {
            String type = Objects.requireNonNullElse(options.getType(), "");
            refuse(!SELINUX_TYPES.contains(type), "seLinuxOptions.type", type, place);
            refuse(isGiven(options.getUser()), "seLinuxOptions.user", options.getUser(), place);
            refuse(isGiven(options.getRole()), "seLinuxOptions.role", options.getRole(), place);
        }
    }

    private void windows(WindowsSecurityContextOptions options, String place) {
        refuse(options != null && isTrue(options.getHostProcess()), "windowsOptions.hostProcess", true, place);
    }

    private void volume(Volume volume) {
        boolean admitted = Stream.of(
                        volume.getConfigMap(),
                        volume.getCsi(),
                        volume.getDownwardAPI(),
                        volume.getEmptyDir(),
                        volume.getEphemeral(),
                        volume.getImage(),
                        volume.getPersistentVolumeClaim(),
                        volume.getProjected(),
                        volume.getSecret())
                .anyMatch(Objects::nonNull);
        Volume emptyDir = new VolumeBuilder().withName(volume.getName()).build();
        refuse(!admitted && !volume.equals(emptyDir), "volume", volume.getName(), " of type " + type(volume));
    }

    private static String type(Volume volume) {
        if (volume.getHostPath() != null) {
            return "hostPath";
        }
        return volume.getNfs() != null ? "nfs" : "other than emptyDir, persistentVolumeClaim, configMap or secret";
    }

    private static boolean isTrue(Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isEmpty();
    }
}
