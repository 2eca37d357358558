package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks the types of fields against the model of the Kubernetes API, for the resources a Spark application is made of:
 * a number where a text belongs is an error, and an unknown field is one if the client asked for strict validation.
 */
final class Decoding {

    private static final Map<String, Class<?>> MODELS = Map.of(
            "pods", Pod.class,
            "services", Service.class,
            "configmaps", ConfigMap.class,
            "secrets", Secret.class,
            "serviceaccounts", ServiceAccount.class,
            "persistentvolumeclaims", PersistentVolumeClaim.class,
            "persistentvolumes", PersistentVolume.class);

    private static final ObjectMapper MAPPER = mapper();

    private Decoding() {}

    /**
     * Checks an object as a client sent it.
     *
     * @param fieldValidation the request's parameter; {@code Strict} makes unknown fields an error
     * @throws ApiException 400
     */
    static void check(ResourceType type, ObjectNode object, String fieldValidation) {
        Class<?> model = MODELS.get(type.storage());
        if (model == null) {
            return;
        }
        List<String> unknown = new ArrayList<>();
        try {
            MAPPER.readerFor(model).withAttribute(Unknown.class, unknown).readValue(object);
        } catch (JsonMappingException e) {
            boolean quantity = e.getOriginalMessage().startsWith(ResourceRequirements.QUANTITIES);
            throw ApiException.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                    + type.kind() + ": " + (quantity ? "" : path(e) + ": ") + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.badRequest("error decoding request body: " + e.getMessage());
        }
        if (fieldValidation.equals("Strict") && !unknown.isEmpty()) {
            String fields = String.join(
                    ", ",
                    unknown.stream().map(f -> "unknown field \"" + f + "\"").toList());
            throw ApiException.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                    + type.kind() + ": strict decoding error: " + fields);
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference r : e.getPath()) {
            path.append(r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName());
        }
        return path.isEmpty() ? "the object" : path.substring(path.charAt(0) == '.' ? 1 : 0);
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new NoAnySetter())
                .addHandler(new Unknown())
                .build();
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    /** Notes fields that the model does not have; the model's own catch-all is switched off for that. */
    private static final class Unknown extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object bean,
                String name)
                throws IOException {
            if (context.getAttribute(Unknown.class) instanceof List<?> list) {
                String path = parser.getParsingContext().pathAsPointer().toString();
                note(list, path);
            }
            parser.skipChildren();
            return true;
        }

        @SuppressWarnings("unchecked")
        private static void note(List<?> list, String pointer) {
            ((List<String>) list).add(pointer.substring(1).replace('/', '.'));
        }
    }

    private static final class NoAnySetter extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }

        @Override
        public Object findDeserializer(Annotated annotated) {
            return annotated.getRawType() == Quantity.class ? CheckedQuantity.class : super.findDeserializer(annotated);
        }
    }

    /** A quantity whose syntax is checked; its value is not needed. */
    private static final class CheckedQuantity extends StdDeserializer<Quantity> {
        private static final long serialVersionUID = 1L;

        CheckedQuantity() {
            super(Quantity.class);
        }

        @Override
        public Quantity deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString("");
            if (!ResourceRequirements.isQuantity(text)) {
                throw JsonMappingException.from(parser, ResourceRequirements.QUANTITIES);
            }
            return new Quantity(text);
        }
    }
}
