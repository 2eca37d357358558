package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.EphemeralVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the objects that a pod needs before the kubelet can start it. What the pod marks as optional is not among them.
 * One object for each pod.
 */
final class PodReferences {
    private final String key;
    private final List<Reference> found = new ArrayList<>();

    private PodReferences(String key) {
        this.key = key;
    }

    /** @param key what is to be named as asking for the objects, such as that of a pod template */
    static List<Reference> of(PodSpec pod, String key) {
        PodReferences references = new PodReferences(key);
        references.pod(pod);
        return references.found;
    }

    private void pod(PodSpec pod) {
        add(ObjectKind.SERVICE_ACCOUNT, serviceAccount(pod).orElse(null));
        add(ObjectKind.PRIORITY_CLASS, pod.getPriorityClassName());
        pod.getImagePullSecrets().stream()
                .map(LocalObjectReference::getName)
                .forEach(name -> add(ObjectKind.PULL_SECRET, name));
        pod.getVolumes().forEach(this::volume);
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .forEach(this::container);
    }

    /** The service account that the pod names; the API server takes the older field when the newer is empty. */
    static Optional<String> serviceAccount(PodSpec pod) {
        return Stream.of(pod.getServiceAccountName(), pod.getServiceAccount())
                .filter(name -> name != null && !name.isEmpty())
                .findFirst();
    }

    private void volume(Volume volume) {
        present(volume.getSecret(), this::secret);
        present(volume.getConfigMap(), this::configMap);
        present(volume.getProjected(), projected -> projected.getSources().forEach(this::projection));
        present(volume.getPersistentVolumeClaim(), this::claim);
        present(volume.getEphemeral(), this::ephemeral);
    }

    private void secret(SecretVolumeSource source) {
        if (!isTrue(source.getOptional())) {
            add(ObjectKind.SECRET, source.getSecretName(), source.getItems());
        }
    }

    private void configMap(ConfigMapVolumeSource source) {
        if (!isTrue(source.getOptional())) {
            add(ObjectKind.CONFIG_MAP, source.getName(), source.getItems());
        }
    }

    private void projection(VolumeProjection source) {
        SecretProjection secret = source.getSecret();
        if (secret != null && !isTrue(secret.getOptional())) {
            add(ObjectKind.SECRET, secret.getName(), secret.getItems());
        }
        ConfigMapProjection configMap = source.getConfigMap();
        if (configMap != null && !isTrue(configMap.getOptional())) {
            add(ObjectKind.CONFIG_MAP, configMap.getName(), configMap.getItems());
        }
    }

    private void claim(PersistentVolumeClaimVolumeSource source) {
        add(ObjectKind.CLAIM, source.getClaimName());
    }

    private void ephemeral(EphemeralVolumeSource source) {
        if (source.getVolumeClaimTemplate() != null
                && source.getVolumeClaimTemplate().getSpec() != null) {
            add(
                    ObjectKind.STORAGE_CLASS,
                    source.getVolumeClaimTemplate().getSpec().getStorageClassName());
        }
    }

    private void container(Container container) {
        container.getEnv().forEach(variable -> present(variable.getValueFrom(), this::variable));
        container.getEnvFrom().forEach(this::variables);
    }

    private void variable(EnvVarSource source) {
        SecretKeySelector secret = source.getSecretKeyRef();
        if (secret != null && !isTrue(secret.getOptional())) {
            add(ObjectKind.SECRET, secret.getName(), Optional.ofNullable(secret.getKey()));
        }
        ConfigMapKeySelector configMap = source.getConfigMapKeyRef();
        if (configMap != null && !isTrue(configMap.getOptional())) {
            add(ObjectKind.CONFIG_MAP, configMap.getName(), Optional.ofNullable(configMap.getKey()));
        }
    }

    private void variables(EnvFromSource source) {
        SecretEnvSource secret = source.getSecretRef();
        if (secret != null && !isTrue(secret.getOptional())) {
            add(ObjectKind.SECRET, secret.getName());
        }
        ConfigMapEnvSource configMap = source.getConfigMapRef();
        if (configMap != null && !isTrue(configMap.getOptional())) {
            add(ObjectKind.CONFIG_MAP, configMap.getName());
        }
    }

    private void add(ObjectKind kind, String name, List<KeyToPath> items) {
        add(kind, name);
        items.forEach(item -> add(kind, name, Optional.ofNullable(item.getKey())));
    }

    private void add(ObjectKind kind, String name) {
        add(kind, name, Optional.empty());
    }

    private void add(ObjectKind kind, String name, Optional<String> dataKey) {
        if (name != null && !name.isEmpty()) {
            found.add(new Reference(kind, name, dataKey, key));
        }
    }

    private static <T> void present(T value, Consumer<T> action) {
        if (value != null) {
            action.accept(value);
        }
    }

    private static boolean isTrue(Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
