package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the API server checks of Services. */
final class ServiceValidation {

    private static final Set<String> POLICIES = Set.of("", "SingleStack", "PreferDualStack", "RequireDualStack");

    private final KubernetesVersion version;
    private final List<FieldError> errors;
    private final Set<String> names = new HashSet<>();
    private final Set<String> numbers = new HashSet<>();

    ServiceValidation(KubernetesVersion version, List<FieldError> errors) {
        this.version = version;
        this.errors = errors;
    }

    void check(ObjectNode service) {
        JsonNode spec = service.path("spec");
        List<JsonNode> ports = Json.list(spec, "ports");
        boolean headless = "None".equals(Json.text(spec, "clusterIP"));
        if (ports.isEmpty() && !headless && !"ExternalName".equals(Json.text(spec, "type"))) {
            errors.add(FieldError.required("spec.ports", ""));
        }
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), "spec.ports[" + i + "]", ports.size() > 1);
        }
        Json.strings(spec, "selector").forEach((key, value) -> {
            Names.qualifiedName(key).forEach(e -> errors.add(FieldError.invalid("spec.selector", key, e)));
            Names.labelValue(value).forEach(e -> errors.add(FieldError.invalid("spec.selector", value, e)));
        });
        families(spec);
    }

    private void port(JsonNode port, String field, boolean nameNeeded) {
        String name = Json.text(port, "name");
        if (name.isEmpty()) {
            if (nameNeeded) {
                errors.add(FieldError.required(field + ".name", ""));
            }
        } else {
            Names.dns1123Label(name).forEach(e -> errors.add(FieldError.invalid(field + ".name", name, e)));
            if (!names.add(name)) {
                errors.add(FieldError.duplicate(field + ".name", name));
            }
        }
        int number = port.path("port").asInt();
        String protocol = Json.text(port, "protocol");
        Validation.port(number, field + ".port", errors);
        if (port.path("targetPort").isNumber()) {
            Validation.port(port.path("targetPort").asInt(), field + ".targetPort", errors);
        }
        if (!numbers.add(number + "/" + protocol)) {
            errors.add(FieldError.duplicate(field, number + "/" + protocol));
        }
    }

    private void families(JsonNode spec) {
        String policy = Json.text(spec, "ipFamilyPolicy");
        if (!POLICIES.contains(policy)) {
            errors.add(FieldError.notSupported(
                    "spec.ipFamilyPolicy", policy, "\"PreferDualStack\", \"RequireDualStack\", \"SingleStack\""));
        } else if (policy.equals("RequireDualStack") && !version.dualStack()) {
            errors.add(FieldError.invalid(
                    "spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services"));
        }
        List<JsonNode> families = Json.list(spec, "ipFamilies");
        for (int i = 0; i < families.size(); i++) {
            String field = "spec.ipFamilies[" + i + "]";
            switch (families.get(i).asText()) {
                case "IPv4" -> {
                    // Every cluster has it.
                }
                case "IPv6" -> {
                    if (!version.dualStack()) {
                        errors.add(FieldError.invalid(field, "IPv6", "not configured on this cluster"));
                    }
                }
                default ->
                    errors.add(FieldError.notSupported(field, families.get(i).asText(), "\"IPv4\", \"IPv6\""));
            }
        }
    }

    void checkUpdate(ObjectNode old, ObjectNode updated) {
        String before = Json.text(old, "spec", "clusterIP");
        String after = Json.text(updated, "spec", "clusterIP");
        if (!before.isEmpty() && !before.equals(after)) {
            errors.add(FieldError.invalid("spec.clusterIPs[0]", after, "may not change once set"));
        }
    }
}
