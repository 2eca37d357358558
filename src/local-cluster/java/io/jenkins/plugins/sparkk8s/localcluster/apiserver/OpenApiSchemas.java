package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;
import java.util.List;
import java.util.Set;

/**
 * The schemas of resources for {@code kubectl explain}, made from the classes of the client library: names and types of
 * all fields, and how lists are merged, without the texts of a real server.
 */
final class OpenApiSchemas {

    private static final String PREFIX = "io.k8s.";
    private static final Set<Class<?>> TEXTS = Set.of(Quantity.class, IntOrString.class, MicroTime.class);

    private final ObjectMapper mapper = new ObjectMapper();
    private final KubernetesDeserializer models = new KubernetesDeserializer();
    private final ObjectNode schemas;

    /** @param schemas receives the schemas by name */
    OpenApiSchemas(ObjectNode schemas) {
        this.schemas = schemas;
    }

    /** Adds a resource with all that it is made of; one that the library does not know gets its kind alone. */
    void add(ResourceType type) {
        Class<? extends KubernetesResource> model = models.getRegisteredKind(type.apiVersion(), type.kind());
        ObjectNode schema;
        if (model == null) {
            schema = schemas.putObject(PREFIX + type.qualifiedName()).put("type", "object");
        } else {
            define(type, mapper.constructType(model));
            schema = (ObjectNode) schemas.get(name(mapper.constructType(model)));
        }
        schema.putArray("x-kubernetes-group-version-kind")
                .addObject()
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
    }

    private void define(ResourceType root, JavaType type) {
        if (schemas.has(name(type))) {
            return;
        }
        ObjectNode schema = schemas.putObject(name(type)).put("type", "object").put("description", "");
        ObjectNode properties = schema.putObject("properties");
        List<BeanPropertyDefinition> members =
                mapper.getSerializationConfig().introspect(type).findProperties();
        for (BeanPropertyDefinition member : members) {
            if (member.getPrimaryType() != null && !member.getName().equals("additionalProperties")) {
                ObjectNode property = properties.putObject(member.getName());
                describe(root, property, member.getName(), member.getPrimaryType());
            }
        }
    }

    private void describe(ResourceType root, ObjectNode property, String name, JavaType type) {
        property.put("description", "");
        Class<?> raw = type.getRawClass();
        if (type.isCollectionLikeType()) {
            property.put("type", "array");
            StrategicMerge.applyKeys(root, name)
                    .ifPresent(keys -> property.put("x-kubernetes-patch-strategy", "merge")
                            .put("x-kubernetes-patch-merge-key", keys.get(0)));
            describe(root, property.putObject("items"), "", type.getContentType());
        } else if (type.isMapLikeType()) {
            property.put("type", "object");
            describe(root, property.putObject("additionalProperties"), "", type.getContentType());
        } else if (raw == String.class || TEXTS.contains(raw) || raw.isEnum()) {
            property.put("type", "string");
        } else if (raw == Boolean.class || raw == boolean.class) {
            property.put("type", "boolean");
        } else if (Number.class.isAssignableFrom(raw) || raw.isPrimitive()) {
            property.put("type", raw == Double.class ? "number" : "integer");
        } else if (raw.getName().startsWith("io.fabric8.")) {
            define(root, type);
            property.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name(type));
        } else {
            property.put("type", "object");
        }
    }

    private static String name(JavaType type) {
        return PREFIX + type.getRawClass().getName().replaceFirst(".*\\.model\\.", "");
    }
}
