package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Finds the node of a pod. */
final class NodeLookup {

    private NodeLookup() {}

    /**
     * The node of that name.
     *
     * @throws ApiException 404 that names the node as if it were a pod, as a real server does
     */
    static ObjectNode node(ApiServerParts parts, String name) {
        return parts.store()
                .get(ResourceTypes.core("nodes"), new ObjectKey("", name))
                .orElseThrow(() -> ApiException.notFound(ResourceTypes.core("pods"), name));
    }
}
