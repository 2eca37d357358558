package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.HashMap;
import java.util.Map;

/**
 * The messages of Kubernetes' {@code generated.proto} files that kubectl sends in the binary format: number, type and
 * name of each field. A type in brackets is repeated, in braces the value of a map with string keys.
 */
final class ProtobufSchema {

    private static final String TEXT = """
            ObjectMeta: 1 string name, 2 string generateName, 3 string namespace, 5 string uid, \
              6 string resourceVersion, 11 {string} labels, 12 {string} annotations, \
              13 [OwnerReference] ownerReferences, 14 [string] finalizers
            OwnerReference: 1 string kind, 3 string name, 4 string uid, 5 string apiVersion, 6 bool controller, \
              7 bool blockOwnerDeletion
            ConfigMap: 1 ObjectMeta metadata, 2 {string} data, 3 {bytes} binaryData, 4 bool immutable
            Secret: 1 ObjectMeta metadata, 2 {bytes} data, 3 string type, 4 {string} stringData, 5 bool immutable
            Namespace: 1 ObjectMeta metadata
            ServiceAccount: 1 ObjectMeta metadata, 3 [LocalObjectReference] imagePullSecrets, \
              4 bool automountServiceAccountToken
            LocalObjectReference: 1 string name
            Service: 1 ObjectMeta metadata, 2 ServiceSpec spec
            ServiceSpec: 1 [ServicePort] ports, 2 {string} selector, 3 string clusterIP, 4 string type, \
              7 string sessionAffinity, 10 string externalName
            ServicePort: 1 string name, 2 string protocol, 3 int port, 4 IntOrString targetPort, 6 string appProtocol
            Deployment: 1 ObjectMeta metadata, 2 DeploymentSpec spec
            DeploymentSpec: 1 int replicas, 2 LabelSelector selector, 3 PodTemplateSpec template, \
              4 DeploymentStrategy strategy, 5 int minReadySeconds, 6 int revisionHistoryLimit, 7 bool paused, \
              9 int progressDeadlineSeconds
            DeploymentStrategy: 1 string type
            LabelSelector: 1 {string} matchLabels
            PodTemplateSpec: 1 ObjectMeta metadata, 2 PodSpec spec
            PodSpec: 2 [Container] containers, 3 string restartPolicy, 4 int terminationGracePeriodSeconds, \
              6 string dnsPolicy, 7 {string} nodeSelector, 8 string serviceAccountName, 10 string nodeName, \
              19 string schedulerName
            Container: 1 string name, 2 string image, 3 [string] command, 4 [string] args, 5 string workingDir, \
              6 [ContainerPort] ports, 7 [EnvVar] env, 8 ResourceRequirements resources, 14 string imagePullPolicy
            ContainerPort: 1 string name, 2 int hostPort, 3 int containerPort, 4 string protocol
            EnvVar: 1 string name, 2 string value
            ResourceRequirements: 1 {Quantity} limits, 2 {Quantity} requests
            ResourceQuota: 1 ObjectMeta metadata, 2 ResourceQuotaSpec spec
            ResourceQuotaSpec: 1 {Quantity} hard
            PriorityClass: 1 ObjectMeta metadata, 2 int value, 4 string description, 5 string preemptionPolicy
            Role: 1 ObjectMeta metadata, 2 [PolicyRule] rules
            ClusterRole: 1 ObjectMeta metadata, 2 [PolicyRule] rules
            PolicyRule: 1 [string] verbs, 2 [string] apiGroups, 3 [string] resources, 4 [string] resourceNames, \
              5 [string] nonResourceURLs
            RoleBinding: 1 ObjectMeta metadata, 2 [Subject] subjects, 3 RoleRef roleRef
            ClusterRoleBinding: 1 ObjectMeta metadata, 2 [Subject] subjects, 3 RoleRef roleRef
            Subject: 1 string kind, 2 string apiGroup, 3 string name, 4 string namespace
            RoleRef: 1 string apiGroup, 2 string kind, 3 string name
            TokenRequest: 1 ObjectMeta metadata, 2 TokenRequestSpec spec
            TokenRequestSpec: 1 [string] audiences, 4 int expirationSeconds
            SelfSubjectReview: 1 ObjectMeta metadata
            SelfSubjectRulesReview: 1 ObjectMeta metadata, 2 SelfSubjectRulesReviewSpec spec
            SelfSubjectRulesReviewSpec: 1 string namespace
            SelfSubjectAccessReview: 1 ObjectMeta metadata, 2 SelfSubjectAccessReviewSpec spec
            SelfSubjectAccessReviewSpec: 1 ResourceAttributes resourceAttributes, \
              2 NonResourceAttributes nonResourceAttributes
            ResourceAttributes: 1 string namespace, 2 string verb, 3 string group, 4 string version, \
              5 string resource, 6 string subresource, 7 string name
            NonResourceAttributes: 1 string path, 2 string verb
            Eviction: 1 ObjectMeta metadata, 2 DeleteOptions deleteOptions
            DeleteOptions: 1 int gracePeriodSeconds, 2 Preconditions preconditions, 3 bool orphanDependents, \
              4 string propagationPolicy, 5 [string] dryRun
            Preconditions: 1 string uid, 2 string resourceVersion
            """;

    private static final Map<String, Map<Integer, Field>> MESSAGES = parse();

    private ProtobufSchema() {}

    /** The fields of a message by number, null when the message is not known. */
    static Map<Integer, Field> message(String name) {
        return MESSAGES.get(name);
    }

    private static Map<String, Map<Integer, Field>> parse() {
        Map<String, Map<Integer, Field>> messages = new HashMap<>();
        for (String line : TEXT.strip().split("\n")) {
            String[] parts = line.split(":", 2);
            Map<Integer, Field> fields = new HashMap<>();
            for (String field : parts[1].split(",")) {
                String[] words = field.strip().split("\\s+");
                fields.put(Integer.parseInt(words[0]), Field.of(words[1], words[2]));
            }
            messages.put(parts[0], Map.copyOf(fields));
        }
        return Map.copyOf(messages);
    }

    /** A field of a message. */
    record Field(String type, String name, boolean repeated, boolean map) {
        static Field of(String type, String name) {
            boolean repeated = type.startsWith("[");
            boolean map = type.startsWith("{");
            return new Field(type.replaceAll("[\\[\\]{}]", ""), name, repeated, map);
        }
    }
}
