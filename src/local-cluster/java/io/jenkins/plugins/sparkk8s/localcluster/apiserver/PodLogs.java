package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The log of a container: found out where it runs, then fetched from the kubelet there. */
final class PodLogs {

    private static final Set<String> PASSED_ON =
            Set.of("follow", "tailLines", "sinceTime", "sinceSeconds", "timestamps", "previous", "limitBytes");

    /** The least value of each option that is a number. */
    private static final Map<String, Integer> LEAST = Map.of("tailLines", 0, "limitBytes", 1, "sinceSeconds", 1);

    private final ApiServerParts parts;

    PodLogs(ApiServerParts parts) {
        this.parts = parts;
    }

    Answer answer(ResourcePath path, ApiRequest request) {
        if (!request.method().equals("GET")) {
            throw ApiException.methodNotAllowed();
        }
        checkOptions(path.name(), request);
        ObjectNode pod = parts.registry().get(ResourceTypes.core("pods"), path.namespace(), path.name());
        String container = container(pod, request.query("container"));
        String node = Json.text(pod, "spec", "nodeName");
        if (node.isEmpty()) {
            // A pod that no node has yet has an empty log, and that is no error.
            return Answer.Body.text(200, "");
        }
        NodeLookup.node(parts, node);
        refuseIfNotStarted(pod, container, request.flag("previous"));
        String query = request.parameters().entrySet().stream()
                .filter(e -> PASSED_ON.contains(e.getKey()))
                .map(e -> e.getKey() + "=" + KubeletClient.encode(e.getValue().get(0)))
                .collect(Collectors.joining("&"));
        String target = "/containerLogs/" + path.namespace() + "/" + path.name() + "/" + container;
        return parts.kubelets().get(NodeLookup.node(parts, node), target + (query.isEmpty() ? "" : "?" + query));
    }

    private static void checkOptions(String pod, ApiRequest request) {
        List<FieldError> errors = new ArrayList<>();
        for (Map.Entry<String, Integer> option : LEAST.entrySet()) {
            String value = request.query(option.getKey());
            if (!value.matches("-?[0-9]{0,18}")) {
                throw ApiException.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
            }
            if (!value.isEmpty() && Long.parseLong(value) < option.getValue()) {
                errors.add(FieldError.invalid(
                        option.getKey(), Long.valueOf(value), "must be greater than or equal to " + option.getValue()));
            }
        }
        if (!request.query("sinceSeconds").isEmpty()
                && !request.query("sinceTime").isEmpty()) {
            errors.add(FieldError.forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid("", "PodLogOptions", pod, errors);
        }
    }

    private static String container(ObjectNode pod, String asked) {
        List<String> containers = names(pod, "containers");
        List<String> others = names(pod, "initContainers");
        String name = Json.text(pod, "metadata", "name");
        if (asked.isEmpty()) {
            if (containers.size() == 1) {
                return containers.get(0);
            }
            String init = others.isEmpty() ? "" : " or one of the init containers: [" + String.join(" ", others) + "]";
            throw ApiException.badRequest("a container name must be specified for pod " + name + ", choose one of: ["
                    + String.join(" ", containers) + "]" + init);
        }
        if (!containers.contains(asked) && !others.contains(asked)) {
            throw ApiException.badRequest("container " + asked + " is not valid for pod " + name);
        }
        return asked;
    }

    private static List<String> names(ObjectNode pod, String list) {
        return Json.list(pod, "spec", list).stream()
                .map(c -> Json.text(c, "name"))
                .toList();
    }

    private static void refuseIfNotStarted(ObjectNode pod, String container, boolean previous) {
        JsonNode status = status(pod, container);
        String name = Json.text(pod, "metadata", "name");
        if (previous && !status.path("lastState").has("terminated")) {
            throw ApiException.badRequest(
                    "previous terminated container \"" + container + "\" in pod \"" + name + "\" not found");
        }
        boolean hasRun = status.path("state").has("running")
                || status.path("state").has("terminated")
                || status.path("lastState").has("terminated");
        if (hasRun) {
            return;
        }
        String reason = Json.text(status, "state", "waiting", "reason");
        String why =
                switch (reason) {
                    case "" -> "ContainerCreating";
                    case "ErrImagePull" -> "image can't be pulled";
                    case "ImagePullBackOff" -> "trying and failing to pull image";
                    default -> reason;
                };
        throw ApiException.badRequest(
                "container \"" + container + "\" in pod \"" + name + "\" is waiting to start: " + why);
    }

    private static JsonNode status(ObjectNode pod, String container) {
        for (String list : List.of("containerStatuses", "initContainerStatuses")) {
            for (JsonNode status : Json.list(pod, "status", list)) {
                if (Json.text(status, "name").equals(container)) {
                    return status;
                }
            }
        }
        return Json.object();
    }
}
