package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says whose an object is that has the name we need. */
public final class NameConflict {
    private NameConflict() {}

    public static String sentence(HasMetadata object) {
        ObjectReference reference = ObjectReference.to(object);
        String remedy = "Pod".equals(object.getKind())
                ? "Choose another %s, or delete that pod.".formatted(KubernetesOptions.DRIVER_POD_NAME.key())
                : "Delete it, or submit the application under another name.";
        return "%s already exists in namespace %s and belongs to %s. %s"
                .formatted(reference, reference.namespace(), owner(object), remedy);
    }

    private static String owner(HasMetadata object) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        if (owners != null && !owners.isEmpty()) {
            return owners.get(0).getKind() + " " + owners.get(0).getName();
        }
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        return Optional.ofNullable(labels.get(Constants.OWN_APPLICATION_LABEL))
                .or(() -> Optional.ofNullable(labels.get(Constants.SPARK_APP_ID_LABEL)))
                .map(id -> "the application " + id)
                .orElse("something else");
    }
}
