package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectRulesReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Answer;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Started;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Asks what the submitter itself may do: first for all rules at once, and then one by one for what they do not give. The
 * list of rules alone is no proof of a missing right, as not every authorizer can make one.
 */
final class SubmitterReview implements PermissionReview {
    private static final String REVIEW = "SelfSubjectAccessReview";
    private static final String RULES_REVIEW = "SelfSubjectRulesReview";

    private final KubernetesClient client;
    private final String namespace;
    private final ConcurrentCalls calls;
    private final List<RequiredPermission> permissions;
    private final Started<SelfSubjectRulesReview> allRules;
    private final Map<RequiredPermission, Started<SelfSubjectAccessReview>> single = new LinkedHashMap<>();

    private SubmitterReview(
            KubernetesClient client, String namespace, ConcurrentCalls calls, List<RequiredPermission> permissions) {
        this.client = client;
        this.namespace = namespace;
        this.calls = calls;
        this.permissions = permissions;
        SelfSubjectRulesReview question = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(namespace)
                .endSpec()
                .build();
        this.allRules = calls.start(
                "create",
                new ObjectReference(RULES_REVIEW, namespace, null),
                () -> client.authorization().v1().selfSubjectRulesReview().create(question));
    }

    /** Starts the call for all rules. */
    static SubmitterReview start(
            KubernetesClient client, String namespace, List<RequiredPermission> permissions, ConcurrentCalls calls) {
        return new SubmitterReview(client, namespace, calls, permissions);
    }

    @Override
    public void proceed() throws InterruptedException {
        List<ResourceRule> rules = rules(allRules.await());
        permissions.stream()
                .filter(permission -> rules.stream().noneMatch(permission::isGivenBy))
                .forEach(permission -> single.put(permission, ask(permission)));
    }

    private static List<ResourceRule> rules(Answer<SelfSubjectRulesReview> answer) {
        SubjectRulesReviewStatus status =
                answer.value() == null ? null : answer.value().getStatus();
        return status != null && Boolean.FALSE.equals(status.getIncomplete()) ? status.getResourceRules() : List.of();
    }

    private Started<SelfSubjectAccessReview> ask(RequiredPermission permission) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(permission.attributes(namespace))
                .endSpec()
                .build();
        return calls.start(
                "create",
                new ObjectReference(REVIEW, namespace, null),
                () -> client.authorization().v1().selfSubjectAccessReview().create(question));
    }

    @Override
    public void report(Findings findings) throws InterruptedException {
        List<RequiredPermission> denied = new ArrayList<>();
        for (Map.Entry<RequiredPermission, Started<SelfSubjectAccessReview>> entry : single.entrySet()) {
            Answer<SelfSubjectAccessReview> answer = entry.getValue().await();
            if (answer.isRefused() || Objects.isNull(answer.value().getStatus())) {
                findings.unchecked(unchecked(answer));
                continue;
            }
            if (!Boolean.TRUE.equals(answer.value().getStatus().getAllowed())) {
                denied.add(entry.getKey());
            }
        }
        new PermissionReport("This user", namespace, "", "").missing(denied, findings);
    }

    private String unchecked(Answer<SelfSubjectAccessReview> answer) {
        return "Whether this user may do in namespace %s what the submission needs was not checked, as the API server does not answer a %s (%s). If the submission is refused, check the user's Roles."
                .formatted(
                        namespace,
                        REVIEW,
                        answer.isRefused() ? "status " + answer.refusal().getCode() : "no status in the answer");
    }
}
