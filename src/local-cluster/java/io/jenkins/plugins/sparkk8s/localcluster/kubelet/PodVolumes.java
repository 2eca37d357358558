package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes each volume of a pod a file or directory of the host. May be asked again and again until all that the volumes
 * name is there.
 */
final class PodVolumes {

    private final Path directory;
    private final ObjectReader objects;
    private final PodFields fields;
    private final ServiceAccountFiles account;

    PodVolumes(Path directory, ObjectReader objects, PodFields fields, ServiceAccountFiles account) {
        this.directory = directory;
        this.objects = objects;
        this.fields = fields;
        this.account = account;
    }

    /**
     * Prepares one volume.
     *
     * @return the host's file or directory
     * @throws MissingObjectException when something is not there yet, or this kubelet lacks the volume's type
     */
    Path prepare(Volume volume) throws MissingObjectException, IOException {
        Path target = directory.resolve(volume.getName());
        if (volume.getConfigMap() != null) {
            return configMap(volume.getConfigMap(), target);
        }
        if (volume.getSecret() != null) {
            return secret(volume.getSecret(), target);
        }
        if (volume.getProjected() != null) {
            return projected(volume.getProjected(), target);
        }
        if (volume.getDownwardAPI() != null) {
            Integer mode = volume.getDownwardAPI().getDefaultMode();
            downward(volume.getDownwardAPI().getItems(), new VolumeFiles(target, mode));
            return target;
        }
        if (volume.getHostPath() != null) {
            return hostPath(volume.getHostPath());
        }
        if (volume.getPersistentVolumeClaim() != null) {
            return claim(volume.getPersistentVolumeClaim().getClaimName());
        }
        if (volume.getNfs() != null) {
            throw new MissingObjectException("mount failed: exit status 32: mounting "
                    + volume.getNfs().getServer() + ":" + volume.getNfs().getPath()
                    + ": the local cluster has no NFS");
        }
        if (volume.getEmptyDir() != null) {
            return Files.createDirectories(target);
        }
        throw new MissingObjectException("no volume plugin matched in the local cluster");
    }

    private Path configMap(ConfigMapVolumeSource source, Path target) throws MissingObjectException, IOException {
        new VolumeFiles(target, source.getDefaultMode())
                .write(
                        objects.configMap(source.getName(), source.getOptional()),
                        source.getItems(),
                        "configmap \"" + source.getName() + "\"",
                        source.getOptional());
        return target;
    }

    private Path secret(SecretVolumeSource source, Path target) throws MissingObjectException, IOException {
        new VolumeFiles(target, source.getDefaultMode())
                .write(
                        objects.secret(source.getSecretName(), source.getOptional()),
                        source.getItems(),
                        "secret \"" + source.getSecretName() + "\"",
                        source.getOptional());
        return target;
    }

    private Path projected(ProjectedVolumeSource source, Path target) throws MissingObjectException, IOException {
        VolumeFiles files = new VolumeFiles(target, source.getDefaultMode());
        for (VolumeProjection projection : source.getSources()) {
            project(projection, files);
        }
        return target;
    }

    private void project(VolumeProjection projection, VolumeFiles files) throws MissingObjectException, IOException {
        if (projection.getServiceAccountToken() != null) {
            var token = projection.getServiceAccountToken();
            files.write(token.getPath(), account.token(token.getAudience()).getBytes(StandardCharsets.UTF_8), null);
        }
        if (projection.getConfigMap() != null) {
            var source = projection.getConfigMap();
            files.write(
                    objects.configMap(source.getName(), source.getOptional()),
                    source.getItems(),
                    "configmap \"" + source.getName() + "\"",
                    source.getOptional());
        }
        if (projection.getSecret() != null) {
            var source = projection.getSecret();
            files.write(
                    objects.secret(source.getName(), source.getOptional()),
                    source.getItems(),
                    "secret \"" + source.getName() + "\"",
                    source.getOptional());
        }
        if (projection.getDownwardAPI() != null) {
            downward(projection.getDownwardAPI().getItems(), files);
        }
    }

    private void downward(List<DownwardAPIVolumeFile> items, VolumeFiles files)
            throws MissingObjectException, IOException {
        for (DownwardAPIVolumeFile item : items) {
            if (item.getFieldRef() == null) {
                throw new MissingObjectException("downward API volumes of the local cluster have only fieldRef");
            }
            byte[] value = fields.value(item.getFieldRef()).getBytes(StandardCharsets.UTF_8);
            files.write(item.getPath(), value, item.getMode());
        }
    }

    /** Types as in <a href="https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types">hostPath</a>. */
    private static Path hostPath(HostPathVolumeSource source) throws MissingObjectException, IOException {
        Path path = Path.of(source.getPath());
        String type = source.getType() == null ? "" : source.getType();
        boolean made = type.isEmpty() || type.equals("DirectoryOrCreate");
        if (made && !Files.exists(path)) {
            return Files.createDirectories(path);
        }
        if (type.equals("FileOrCreate") && !Files.exists(path)) {
            return Files.createFile(path);
        }
        if (type.startsWith("Directory") && !Files.isDirectory(path)) {
            throw new MissingObjectException("hostPath type check failed: " + path + " is not a directory");
        }
        if (type.startsWith("File") && !Files.isRegularFile(path)) {
            throw new MissingObjectException("hostPath type check failed: " + path + " is not a file");
        }
        return path;
    }

    private Path claim(String name) throws MissingObjectException, IOException {
        PersistentVolumeClaim claim = objects.client()
                .persistentVolumeClaims()
                .inNamespace(objects.namespace())
                .withName(name)
                .get();
        if (claim == null) {
            throw new MissingObjectException("persistentvolumeclaim \"" + name + "\" not found");
        }
        String volumeName = claim.getSpec().getVolumeName();
        PersistentVolume volume = volumeName == null
                ? null
                : objects.client().persistentVolumes().withName(volumeName).get();
        if (volume == null) {
            throw new MissingObjectException("persistentvolumeclaim \"" + name + "\" is not bound");
        }
        if (volume.getSpec().getHostPath() == null) {
            throw new MissingObjectException("the local cluster mounts only persistent volumes of type hostPath");
        }
        return hostPath(volume.getSpec().getHostPath());
    }
}
