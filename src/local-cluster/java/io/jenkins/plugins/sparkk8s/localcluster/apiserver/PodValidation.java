package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the API server checks of a pod: the part of Kubernetes' rules that a wrong Spark configuration can break. */
final class PodValidation {

    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> containerNames = new HashSet<>();

    private final VolumeValidation sources = new VolumeValidation(errors);
    private final KubernetesVersion version;

    private PodValidation(KubernetesVersion version) {
        this.version = version;
    }

    static List<FieldError> check(JsonNode pod, KubernetesVersion version) {
        PodValidation validation = new PodValidation(version);
        validation.spec(pod.path("spec"));
        return validation.errors;
    }

    /** The fields of a pod that may not change once it exists. */
    static List<FieldError> checkUpdate(ObjectNode old, ObjectNode updated) {
        if (fixedPart(old.path("spec"), updated.path("spec")).equals(old.path("spec"))) {
            return List.of();
        }
        return List.of(FieldError.forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,"
                        + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
                        + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be"
                        + " set to 1 if it was previously negative)"));
    }

    /** The new spec with everything that may change put back to what it was. */
    private static JsonNode fixedPart(JsonNode old, JsonNode updated) {
        JsonNode copy = updated.deepCopy();
        if (!(copy instanceof ObjectNode spec)) {
            return copy;
        }
        if (old.has("activeDeadlineSeconds")) {
            spec.set("activeDeadlineSeconds", old.get("activeDeadlineSeconds"));
        } else {
            spec.remove("activeDeadlineSeconds");
        }
        List<JsonNode> tolerations = Json.list(updated, "tolerations");
        if (tolerations.containsAll(Json.list(old, "tolerations"))) {
            if (old.has("tolerations")) {
                spec.set("tolerations", old.get("tolerations"));
            } else {
                spec.remove("tolerations");
            }
        }
        for (String list : List.of("containers", "initContainers")) {
            for (int i = 0; i < Math.min(spec.path(list).size(), old.path(list).size()); i++) {
                if (spec.path(list).get(i) instanceof ObjectNode container
                        && old.path(list).get(i).has("image")) {
                    container.set("image", old.path(list).get(i).get("image"));
                }
            }
        }
        return spec;
    }

    private void spec(JsonNode spec) {
        Set<String> volumes = volumes(spec);
        if (spec.path("containers").isEmpty()) {
            errors.add(FieldError.required("spec.containers", ""));
        }
        containers(spec, "initContainers", volumes);
        containers(spec, "containers", volumes);
        supported(spec, "restartPolicy", "spec.restartPolicy", "Always", "OnFailure", "Never");
        supported(spec, "dnsPolicy", "spec.dnsPolicy", "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
        if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
            errors.add(FieldError.invalid(
                    "spec.terminationGracePeriodSeconds",
                    spec.path("terminationGracePeriodSeconds").asLong(),
                    "must be greater than or equal to 0"));
        }
        SchedulingValidation.check(spec, errors);
        hostname(spec, "hostname");
        hostname(spec, "subdomain");
    }

    private void hostname(JsonNode spec, String member) {
        String value = Json.text(spec, member);
        if (!value.isEmpty()) {
            Names.dns1123Label(value).forEach(e -> errors.add(FieldError.invalid("spec." + member, value, e)));
        }
    }

    private Set<String> volumes(JsonNode spec) {
        Set<String> names = new HashSet<>();
        int i = 0;
        for (JsonNode volume : Json.list(spec, "volumes")) {
            String field = "spec.volumes[" + i++ + "]";
            String name = Json.text(volume, "name");
            label(name, field + ".name", names);
            sources.check(volume, field);
        }
        return names;
    }

    private void containers(JsonNode spec, String list, Set<String> volumes) {
        boolean ofTheHost = spec.path("hostUsers").asBoolean(true);
        int i = 0;
        for (JsonNode container : Json.list(spec, list)) {
            String field = "spec." + list + "[" + i++ + "]";
            container(container, field, volumes);
            if (ofTheHost
                    && Json.text(container, "securityContext", "procMount").equals("Unmasked")) {
                errors.add(FieldError.invalid(
                        field + ".securityContext.procMount",
                        "Unmasked",
                        "`hostUsers` must be false to use `Unmasked`"));
            }
        }
    }

    private void container(JsonNode container, String field, Set<String> volumes) {
        label(Json.text(container, "name"), field + ".name", containerNames);
        String image = Json.text(container, "image");
        if (image.isEmpty()) {
            errors.add(FieldError.required(field + ".image", ""));
        } else if (!image.strip().equals(image)) {
            errors.add(FieldError.invalid(field + ".image", image, "must not have leading or trailing whitespace"));
        }
        supported(container, "imagePullPolicy", field + ".imagePullPolicy", "Always", "IfNotPresent", "Never");
        environment(container, field);
        mounts(container, field, volumes);
        ports(container, field);
        escalation(container.path("securityContext"), field + ".securityContext");
        ResourceRequirements.check(container.path("resources"), field + ".resources", errors);
    }

    private void escalation(JsonNode context, String field) {
        JsonNode allowed = context.path("allowPrivilegeEscalation");
        if (!allowed.isBoolean() || allowed.asBoolean()) {
            return;
        }
        if (context.path("privileged").asBoolean()) {
            errors.add(FieldError.invalid(
                    field, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
        }
        Json.list(context, "capabilities", "add").stream()
                .filter(name -> name.asText().equals("CAP_SYS_ADMIN"))
                .forEach(name -> errors.add(FieldError.invalid(
                        field,
                        context,
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN")));
    }

    private void environment(JsonNode container, String field) {
        int i = 0;
        for (JsonNode variable : Json.list(container, "env")) {
            String at = field + ".env[" + i++ + "]";
            String name = Json.text(variable, "name");
            if (name.isEmpty()) {
                errors.add(FieldError.required(at + ".name", ""));
            } else {
                Names.environmentVariable(name, version)
                        .forEach(e -> errors.add(FieldError.invalid(at + ".name", name, e)));
            }
            if (variable.has("valueFrom")) {
                valueFrom(variable, at);
            }
        }
    }

    private void valueFrom(JsonNode variable, String at) {
        if (!Json.text(variable, "value").isEmpty()) {
            errors.add(FieldError.invalid(at + ".valueFrom", "", "may not be specified when `value` is not empty"));
        }
        if (variable.path("valueFrom").isEmpty()) {
            errors.add(FieldError.invalid(
                    at + ".valueFrom",
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"));
        }
        for (String source : List.of("configMapKeyRef", "secretKeyRef")) {
            JsonNode reference = variable.path("valueFrom").path(source);
            if (reference.isObject() && Json.text(reference, "key").isEmpty()) {
                errors.add(FieldError.required(at + ".valueFrom." + source + ".key", ""));
            }
        }
    }

    private void mounts(JsonNode container, String field, Set<String> volumes) {
        Set<String> paths = new HashSet<>();
        int i = 0;
        for (JsonNode mount : Json.list(container, "volumeMounts")) {
            String at = field + ".volumeMounts[" + i++ + "]";
            String name = Json.text(mount, "name");
            if (name.isEmpty()) {
                errors.add(FieldError.required(at + ".name", ""));
            } else if (!volumes.contains(name)) {
                errors.add(FieldError.notFound(at + ".name", name));
            }
            String path = Json.text(mount, "mountPath");
            if (path.isEmpty()) {
                errors.add(FieldError.required(at + ".mountPath", ""));
            } else if (!paths.add(path)) {
                errors.add(FieldError.invalid(at + ".mountPath", path, "must be unique"));
            }
            sources.noBacksteps(Json.text(mount, "subPath"), at + ".subPath");
            if (Json.text(mount, "subPath").startsWith("/")) {
                errors.add(FieldError.invalid(at + ".subPath", Json.text(mount, "subPath"), "must be a relative path"));
            }
        }
    }

    private void ports(JsonNode container, String field) {
        Set<String> names = new HashSet<>();
        int i = 0;
        for (JsonNode port : Json.list(container, "ports")) {
            String at = field + ".ports[" + i++ + "]";
            String name = Json.text(port, "name");
            if (!name.isEmpty() && !names.add(name)) {
                errors.add(FieldError.duplicate(at + ".name", name));
            }
            if (name.length() > 15) {
                errors.add(FieldError.invalid(at + ".name", name, "must be no more than 15 characters"));
            }
            int number = port.path("containerPort").asInt();
            if (number == 0) {
                errors.add(FieldError.required(at + ".containerPort", ""));
            } else {
                Validation.port(number, at + ".containerPort", errors);
            }
            supported(port, "protocol", at + ".protocol", "SCTP", "TCP", "UDP");
        }
    }

    private void label(String name, String field, Set<String> taken) {
        if (name.isEmpty()) {
            errors.add(FieldError.required(field, ""));
            return;
        }
        Names.dns1123Label(name).forEach(e -> errors.add(FieldError.invalid(field, name, e)));
        if (!taken.add(name)) {
            errors.add(FieldError.duplicate(field, name));
        }
    }

    private void supported(JsonNode node, String member, String field, String... values) {
        String value = Json.text(node, member);
        if (!value.isEmpty() && !List.of(values).contains(value)) {
            errors.add(FieldError.notSupported(field, value, '"' + String.join("\", \"", values) + '"'));
        }
    }
}
