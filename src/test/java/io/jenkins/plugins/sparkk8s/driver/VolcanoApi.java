package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Volcano as far as an application sees it: its API. */
public final class VolcanoApi {
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: podgroups.scheduling.volcano.sh
            spec:
              group: scheduling.volcano.sh
              scope: Namespaced
              names: {plural: podgroups, singular: podgroup, kind: PodGroup, listKind: PodGroupList, shortNames: [pg]}
              versions:
              - name: v1beta1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    private VolcanoApi() {}

    /** @param admin may define resources */
    public static void install(KubernetesClient admin) {
        admin.resource(DEFINITION).create();
    }
}
