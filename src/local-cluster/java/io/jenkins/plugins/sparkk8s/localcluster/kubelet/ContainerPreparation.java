package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a container of a pod whose volumes are ready into what its process needs. */
final class ContainerPreparation {

    private final KubeletContext context;
    private final Pod pod;
    private final String podIp;
    private final Path podDirectory;
    private final Map<String, Path> volumes;
    private final ObjectReader objects;

    ContainerPreparation(
            KubeletContext context,
            Pod pod,
            String podIp,
            Path podDirectory,
            Map<String, Path> volumes,
            ObjectReader objects) {
        this.context = context;
        this.pod = pod;
        this.podIp = podIp;
        this.podDirectory = podDirectory;
        this.volumes = volumes;
        this.objects = objects;
    }

    /** Hosts file of the pod. */
    static Path hostsFile(Path podDirectory) {
        return podDirectory.resolve("etc-hosts");
    }

    /** Service account files of the pod, absent when the pod wants none. */
    static Path accountDirectory(Path podDirectory) {
        return podDirectory.resolve("serviceaccount");
    }

    /**
     * Prepares a container.
     *
     * @throws MissingObjectException when its environment or a mount names something that is not there
     */
    ContainerSpec prepare(Container container) throws MissingObjectException, IOException {
        Path directory = podDirectory.resolve("containers").resolve(container.getName());
        Path work = Files.createDirectories(directory.resolve("work"));
        ContainerEnvironment variables = new ContainerEnvironment(new PodFields(pod, podIp), objects);
        Map<String, String> environment = variables.resolve(container, baseEnvironment(container));
        List<Mount> mounts = new ArrayList<>(context.image().mounts(work));
        List<Mount> own = new ContainerMounts(volumes).resolve(container, environment);
        mounts.addAll(own);
        mounts.add(new Mount(hostsFile(podDirectory), "/etc/hosts", false));
        Path account = accountDirectory(podDirectory);
        if (Files.isDirectory(account)
                && own.stream().noneMatch(mount -> mount.path().equals(ServiceAccountFiles.PATH))) {
            mounts.add(new Mount(account, ServiceAccountFiles.PATH, true));
        }
        List<String> command = context.image().command(container.getCommand(), container.getArgs()).stream()
                .map(word -> ContainerEnvironment.expand(word, environment))
                .toList();
        String workingDirectory = context.image().workingDirectory(container.getWorkingDir());
        return new ContainerSpec(command, environment, workingDirectory, directory, mounts);
    }

    private Map<String, String> baseEnvironment(Container container) {
        Map<String, String> base = new LinkedHashMap<>();
        base.put("HOSTNAME", pod.getMetadata().getName());
        base.put("HOME", context.image().workingDirectory(null));
        base.put("KUBERNETES_SERVICE_HOST", context.apiServer().getHost());
        base.put("KUBERNETES_SERVICE_PORT", String.valueOf(context.apiServer().getPort()));
        if (context.sandbox().isolation() == Isolation.PATH_REPLACEMENT) {
            base.put("SPARK_HOME", context.image().directory().toString());
            base.put("POD_HOSTS_FILE", hostsFile(podDirectory).toString());
            Path account = container.getVolumeMounts().stream()
                    .filter(mount -> mount.getMountPath().equals(ServiceAccountFiles.PATH))
                    .map(mount -> volumes.get(mount.getName()))
                    .findFirst()
                    .orElse(accountDirectory(podDirectory));
            base.put(
                    "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
                    account.resolve("token").toString());
            base.put("KUBERNETES_CERTS_CA_FILE", account.resolve("ca.crt").toString());
        }
        return base;
    }
}
