package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What the API server checks of Deployments, ReplicaSets and StatefulSets. */
final class WorkloadValidation {

    private static final List<String> CHANGEABLE_IN_A_STATEFUL_SET = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private WorkloadValidation() {}

    static List<FieldError> check(ResourceType type, ObjectNode workload, KubernetesVersion version) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode spec = workload.path("spec");
        JsonNode selector = spec.path("selector");
        long replicas = spec.path("replicas").asLong();
        if (replicas < 0) {
            errors.add(FieldError.invalid("spec.replicas", replicas, "must be greater than or equal to 0"));
        }
        if (selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty()) {
            errors.add(FieldError.required("spec.selector", ""));
        } else if (!LabelSelector.of(selector).test(spec.path("template"))) {
            errors.add(FieldError.invalid(
                    "spec.template.metadata.labels",
                    spec.path("template").path("metadata").path("labels").toString(),
                    "`selector` does not match template `labels`"));
        }
        if (!type.is("statefulsets")) {
            template(spec.path("template"), version, errors);
        }
        restartPolicy(spec.path("template"), errors);
        return errors;
    }

    /**
     * Of a StatefulSet no API server checks the pods before they are made: their volumes come from claims, and their host names
     * from the set, whatever the template says, which Spark relies on.
     */
    private static void template(JsonNode template, KubernetesVersion version, List<FieldError> errors) {
        PodValidation.check(template, version).stream()
                .map(e -> new FieldError(e.reason(), "spec.template." + e.field(), e.detail()))
                .forEach(errors::add);
    }

    private static void restartPolicy(JsonNode template, List<FieldError> errors) {
        String restart = Json.text(template, "spec", "restartPolicy");
        if (!restart.equals("Always")) {
            errors.add(FieldError.notSupported("spec.template.spec.restartPolicy", restart, "\"Always\""));
        }
    }

    static List<FieldError> checkUpdate(ResourceType type, ObjectNode old, ObjectNode updated) {
        if (type.plural().equals("statefulsets")) {
            ObjectNode before = old.path("spec").deepCopy();
            ObjectNode after = updated.path("spec").deepCopy();
            before.remove(CHANGEABLE_IN_A_STATEFUL_SET);
            after.remove(CHANGEABLE_IN_A_STATEFUL_SET);
            return before.equals(after)
                    ? List.of()
                    : List.of(FieldError.forbidden(
                            "spec",
                            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                    + " 'updateStrategy', 'revisionHistoryLimit',"
                                    + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
        }
        JsonNode selector = updated.path("spec").path("selector");
        return selector.equals(old.path("spec").path("selector"))
                ? List.of()
                : List.of(FieldError.invalid("spec.selector", selector.toString(), "field is immutable"));
    }
}
