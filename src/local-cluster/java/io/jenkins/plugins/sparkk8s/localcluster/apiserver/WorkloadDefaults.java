package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Defaults of Deployments, ReplicaSets and StatefulSets (Kubernetes' pkg/apis/apps/v1/defaults.go). */
final class WorkloadDefaults {

    private static final int REVISIONS = 10;
    private static final int PROGRESS_SECONDS = 600;

    private WorkloadDefaults() {}

    static void apply(ResourceType type, ObjectNode object) {
        ObjectNode spec = Json.child(object, "spec");
        Json.putDefault(spec, "replicas", 1);
        ObjectNode template = Json.child(spec, "template");
        Json.metadata(template);
        PodDefaults.template(template);
        switch (type.plural()) {
            case "deployments" -> deployment(spec);
            case "statefulsets" -> statefulSet(spec);
            default -> {
                // A ReplicaSet has no more.
            }
        }
    }

    private static void deployment(ObjectNode spec) {
        Json.putDefault(spec, "revisionHistoryLimit", REVISIONS);
        Json.putDefault(spec, "progressDeadlineSeconds", PROGRESS_SECONDS);
        ObjectNode strategy = Json.child(spec, "strategy");
        Json.putDefault(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Json.child(strategy, "rollingUpdate");
            Json.putDefault(rolling, "maxUnavailable", "25%");
            Json.putDefault(rolling, "maxSurge", "25%");
        }
    }

    private static void statefulSet(ObjectNode spec) {
        Json.putDefault(spec, "podManagementPolicy", "OrderedReady");
        Json.putDefault(spec, "revisionHistoryLimit", REVISIONS);
        ObjectNode strategy = Json.child(spec, "updateStrategy");
        Json.putDefault(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            Json.putDefault(Json.child(strategy, "rollingUpdate"), "partition", 0);
        }
        ObjectNode retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
        Json.putDefault(retention, "whenDeleted", "Retain");
        Json.putDefault(retention, "whenScaled", "Retain");
        spec.path("volumeClaimTemplates").forEach(claim -> {
            ObjectNode template = (ObjectNode) claim;
            template.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
            Json.putDefault(Json.child(template, "spec"), "volumeMode", "Filesystem");
            Json.child(template, "status").put("phase", "Pending");
        });
    }
}
