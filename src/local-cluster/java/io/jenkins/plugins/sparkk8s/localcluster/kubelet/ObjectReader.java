package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Reads the ConfigMaps and Secrets of a namespace as keys with bytes. */
final class ObjectReader {

    private final KubernetesClient client;
    private final String namespace;

    ObjectReader(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    /** Content of a ConfigMap; empty when it is absent and {@code optional}. */
    Map<String, byte[]> configMap(String name, Boolean optional) throws MissingObjectException {
        ConfigMap object =
                client.configMaps().inNamespace(namespace).withName(name).get();
        requirePresent(object, "configmap", name, optional);
        Map<String, byte[]> content = new TreeMap<>();
        if (object != null && object.getData() != null) {
            object.getData().forEach((key, value) -> content.put(key, value.getBytes(StandardCharsets.UTF_8)));
        }
        if (object != null && object.getBinaryData() != null) {
            object.getBinaryData()
                    .forEach(
                            (key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        }
        return content;
    }

    /** Content of a Secret; empty when it is absent and {@code optional}. */
    Map<String, byte[]> secret(String name, Boolean optional) throws MissingObjectException {
        Secret object = client.secrets().inNamespace(namespace).withName(name).get();
        requirePresent(object, "secret", name, optional);
        Map<String, byte[]> content = new TreeMap<>();
        if (object != null && object.getData() != null) {
            object.getData()
                    .forEach(
                            (key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        }
        return content;
    }

    private static void requirePresent(Object object, String kind, String name, Boolean optional)
            throws MissingObjectException {
        if (object == null && !Boolean.TRUE.equals(optional)) {
            throw new MissingObjectException(kind + " \"" + name + "\" not found");
        }
    }
}
