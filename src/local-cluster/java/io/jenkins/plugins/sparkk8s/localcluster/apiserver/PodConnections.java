package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The connections into a container, {@code exec}, {@code attach} and {@code portforward}: they are refused, clearly. */
final class PodConnections {

    private final ApiServerParts parts;

    PodConnections(ApiServerParts parts) {
        this.parts = parts;
    }

    /**
     * Refuses a connection.
     *
     * @throws ApiException always: 404 when pod or node are not there, else 400
     */
    Answer answer(ResourcePath path) {
        ResourceType pods = ResourceTypes.core("pods");
        ObjectNode pod = parts.registry().get(pods, path.namespace(), path.name());
        String node = Json.text(pod, "spec", "nodeName");
        if (node.isEmpty()) {
            throw ApiException.badRequest("pod " + path.name() + " does not have a host assigned");
        }
        NodeLookup.node(parts, node);
        throw ApiException.badRequest(path.subresource() + " is not supported by the local cluster; read the log with"
                + " 'kubectl logs', or a port with 'kubectl get --raw /api/v1/namespaces/" + path.namespace() + "/pods/"
                + path.name() + ":PORT/proxy/'");
    }
}
