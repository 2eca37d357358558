package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a client says an object must still be for its request to count. */
final class Preconditions {

    private Preconditions() {}

    /**
     * Checks the name, uid and resource version inside a changed object.
     *
     * @throws ApiException 400 for another name, 409 for another uid or version
     */
    static void update(ResourceType type, String name, ObjectNode old, ObjectNode wanted) {
        ObjectNode metadata = Json.metadata(wanted);
        Json.putDefault(metadata, "name", name);
        if (!Json.text(metadata, "name").equals(name)) {
            throw ApiException.badRequest("the name of the object (" + Json.text(metadata, "name")
                    + ") does not match the name on the URL (" + name + ")");
        }
        String version = Json.text(metadata, "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(old, "metadata", "resourceVersion"))) {
            throw ApiException.modified(type, name);
        }
        uid(type, name, old, Json.text(metadata, "uid"));
    }

    /**
     * Checks the uid inside a patched object, where another one is a change.
     *
     * @throws ApiException 422 for another uid
     */
    static void patch(ResourceType type, ObjectNode old, ObjectNode wanted) {
        String uid = Json.text(wanted, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(old, "metadata", "uid"))) {
            throw ApiException.invalid(
                    type,
                    Json.text(old, "metadata", "name"),
                    List.of(FieldError.invalid("metadata.uid", uid, "field is immutable")));
        }
    }

    /**
     * Checks the preconditions of DeleteOptions.
     *
     * @throws ApiException 409
     */
    static void delete(ResourceType type, String name, ObjectNode object, JsonNode preconditions) {
        uid(type, name, object, Json.text(preconditions, "uid"));
        String version = Json.text(preconditions, "resourceVersion");
        String actual = Json.text(object, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(actual)) {
            throw ApiException.conflict(
                    type,
                    name,
                    "Precondition failed: ResourceVersion in precondition: " + version
                            + ", ResourceVersion in object meta: " + actual);
        }
    }

    private static void uid(ResourceType type, String name, ObjectNode object, String uid) {
        String actual = Json.text(object, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(actual)) {
            throw ApiException.conflict(
                    type, name, "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + actual);
        }
    }
}
