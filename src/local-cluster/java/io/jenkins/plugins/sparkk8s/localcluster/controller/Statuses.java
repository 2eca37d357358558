package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes what a controller has found out into the status of its object. */
final class Statuses {

    private static final Logger LOGGER = Logger.getLogger(Statuses.class.getName());

    private Statuses() {}

    /** Replaces the members of {@code status}; an object that is gone, or another of its name, is left alone. */
    static void write(KubernetesClient client, HasMetadata object, Object status) {
        Map<String, Object> patch =
                Map.of("metadata", Map.of("uid", object.getMetadata().getUid()), "status", status);
        try {
            client.resource(object)
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
            LOGGER.log(Level.FINE, e, () -> object.getKind() + " changed meanwhile; the next round writes its status");
        }
    }
}
