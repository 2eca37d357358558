package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Resolves the volume mounts of a container against the pod's prepared volumes. */
final class ContainerMounts {

    private final Map<String, Path> volumes;

    ContainerMounts(Map<String, Path> volumes) {
        this.volumes = volumes;
    }

    /**
     * Mounts of a container.
     *
     * @param environment for {@code subPathExpr}
     * @throws MissingObjectException when a sub-path leads out of its volume
     */
    List<Mount> resolve(Container container, Map<String, String> environment)
            throws MissingObjectException, IOException {
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path source = source(mount, environment);
            boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
            mounts.add(new Mount(source, mount.getMountPath(), readOnly));
        }
        return mounts;
    }

    private Path source(VolumeMount mount, Map<String, String> environment) throws MissingObjectException, IOException {
        Path volume = volumes.get(mount.getName());
        String subPath =
                mount.getSubPathExpr() != null && !mount.getSubPathExpr().isEmpty()
                        ? ContainerEnvironment.expand(mount.getSubPathExpr(), environment)
                        : mount.getSubPath();
        if (subPath == null || subPath.isEmpty()) {
            return volume;
        }
        Path source = volume.resolve(subPath).normalize();
        if (!source.startsWith(volume)) {
            throw new MissingObjectException("failed to prepare subPath for volumeMount \"" + mount.getName() + "\": "
                    + subPath + " leads out of the volume");
        }
        return Files.exists(source) ? source : Files.createDirectories(source);
    }
}
