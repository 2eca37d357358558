package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values of a pod's fields for environment variables and volumes; see
 * <a href="https://kubernetes.io/docs/concepts/workloads/pods/downward-api/">Downward API</a>.
 */
final class PodFields {

    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['(.+)']");

    private final Pod pod;
    private final String podIp;

    PodFields(Pod pod, String podIp) {
        this.pod = pod;
        this.podIp = podIp;
    }

    String podIp() {
        return podIp;
    }

    /**
     * Value of a field.
     *
     * @throws MissingObjectException when there is no such field
     */
    String value(ObjectFieldSelector selector) throws MissingObjectException {
        String path = selector.getFieldPath();
        ObjectMeta meta = pod.getMetadata();
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            Map<String, String> map = keyed.group(1).equals("labels") ? meta.getLabels() : meta.getAnnotations();
            return map == null ? "" : map.getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> meta.getName();
            case "metadata.namespace" -> meta.getNamespace();
            case "metadata.uid" -> meta.getUid();
            case "metadata.labels" -> lines(meta.getLabels());
            case "metadata.annotations" -> lines(meta.getAnnotations());
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            case "status.hostIP", "status.hostIPs" -> ProcessKubelet.HOST_IP;
            case "status.podIP", "status.podIPs" -> podIp;
            default -> throw new MissingObjectException("unsupported fieldPath: " + path);
        };
    }

    private static String lines(Map<String, String> map) {
        return map == null
                ? ""
                : new TreeMap<>(map)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
                                .collect(Collectors.joining("\n"));
    }
}
