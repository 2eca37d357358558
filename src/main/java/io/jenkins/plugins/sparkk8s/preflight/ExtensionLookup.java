package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.APIGroupList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Answer;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Started;
import java.util.List;
import java.util.Optional;

/** Asks whether the cluster has the APIs of extensions, such as Volcano, that objects of the application are of. */
final class ExtensionLookup {
    private final List<ObjectReference> needed;
    private final Started<APIGroupList> groups;

    private ExtensionLookup(List<ObjectReference> needed, Started<APIGroupList> groups) {
        this.needed = needed;
        this.groups = groups;
    }

    /** Starts the call; empty when no object is of an extension. */
    static Optional<ExtensionLookup> start(KubernetesClient client, DriverSpec spec, ConcurrentCalls calls) {
        List<ObjectReference> needed = spec.dependants().stream()
                .map(ObjectReference::to)
                .filter(object -> !object.group().isEmpty() && !object.group().endsWith(".k8s.io"))
                .toList();
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        ObjectReference list = new ObjectReference("ApiGroup", spec.namespace(), null);
        return Optional.of(new ExtensionLookup(needed, calls.start("list", list, client::getApiGroups)));
    }

    /** Waits for the answer. */
    void report(Findings findings) throws InterruptedException {
        Answer<APIGroupList> answer = groups.await();
        for (ObjectReference object : needed) {
            if (answer.isRefused() || answer.value() == null) {
                findings.unchecked(
                        "Whether the cluster has the API %s, which %s asks for, was not checked, as the API server does not list its APIs."
                                .formatted(object.apiVersion(), KubernetesOptions.DRIVER_POD_FEATURE_STEPS.key()));
            } else if (!serves(answer.value(), object)) {
                findings.error(
                        "%s asks for a %s, but the cluster has no API %s. Have Volcano installed, or leave the key out."
                                .formatted(
                                        KubernetesOptions.DRIVER_POD_FEATURE_STEPS.key(),
                                        object.kind(),
                                        object.apiVersion()));
            }
        }
    }

    private static boolean serves(APIGroupList list, ObjectReference object) {
        return list.getGroups().stream()
                .filter(group -> object.group().equals(group.getName()))
                .flatMap(group -> group.getVersions().stream())
                .anyMatch(version -> object.apiVersion().equals(version.getGroupVersion()));
    }
}
