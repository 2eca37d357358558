package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewSpec;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewSpecBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Answer;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Started;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Asks what the driver's service account may do, one call for each right.
 *
 * <p>The first question is put to the review of the one namespace, which a Role can allow; if that is refused, to the
 * review of the whole cluster; if that is refused as well, the driver's rights stay unchecked. The others follow the
 * first.
 */
final class DriverReview implements PermissionReview {
    private static final String LOCAL = "LocalSubjectAccessReview";
    private static final String CLUSTER = "SubjectAccessReview";

    private final KubernetesClient client;
    private final String namespace;
    private final ConcurrentCalls calls;
    private final String serviceAccount;
    private final List<RequiredPermission> permissions;
    private final PermissionReport sentences;
    private final Map<RequiredPermission, Started<SubjectAccessReviewStatus>> asked = new LinkedHashMap<>();

    private DriverReview(
            KubernetesClient client,
            String namespace,
            String serviceAccount,
            List<RequiredPermission> permissions,
            ConcurrentCalls calls) {
        this.client = client;
        this.namespace = namespace;
        this.serviceAccount = serviceAccount;
        this.permissions = permissions;
        this.calls = calls;
        this.sentences = new PermissionReport(
                "The driver's service account " + serviceAccount,
                namespace,
                " --as=" + user(),
                ", or name another one with " + KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME.key());
    }

    /** Starts the first call. */
    static DriverReview start(
            KubernetesClient client, DriverSpec spec, List<RequiredPermission> permissions, ConcurrentCalls calls) {
        String serviceAccount =
                PodReferences.serviceAccount(spec.pod().getSpec()).orElse("default");
        DriverReview review = new DriverReview(client, spec.namespace(), serviceAccount, permissions, calls);
        review.ask(permissions.get(0), LOCAL);
        return review;
    }

    /** Whether the driver uses a token or a client certificate of its own instead of a service account. */
    static boolean hasOwnCredentials(DriverSpec spec) {
        return Stream.of("oauthTokenFile", "clientCertFile")
                .anyMatch(suffix -> spec.properties().contains(Constants.DRIVER_MOUNTED_AUTH_PREFIX + suffix));
    }

    private String user() {
        return "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount);
    }

    private void ask(RequiredPermission permission, String kind) {
        SubjectAccessReviewSpec spec = new SubjectAccessReviewSpecBuilder()
                .withUser(user())
                .withGroups("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated")
                .withResourceAttributes(permission.attributes(namespace))
                .build();
        asked.put(
                permission,
                calls.start(
                        "create",
                        new ObjectReference(kind, namespace, null),
                        () -> kind.equals(LOCAL) ? local(spec) : cluster(spec)));
    }

    private SubjectAccessReviewStatus local(SubjectAccessReviewSpec spec) {
        return client.authorization()
                .v1()
                .localSubjectAccessReview()
                .inNamespace(namespace)
                .create(new LocalSubjectAccessReviewBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .endMetadata()
                        .withSpec(spec)
                        .build())
                .getStatus();
    }

    private SubjectAccessReviewStatus cluster(SubjectAccessReviewSpec spec) {
        return client.authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder().withSpec(spec).build())
                .getStatus();
    }

    @Override
    public void proceed() throws InterruptedException {
        RequiredPermission first = permissions.get(0);
        String kind = LOCAL;
        if (asked.get(first).await().isRefused()) {
            kind = CLUSTER;
            ask(first, kind);
            if (asked.get(first).await().isRefused()) {
                return;
            }
        }
        for (RequiredPermission permission : permissions.subList(1, permissions.size())) {
            ask(permission, kind);
        }
    }

    @Override
    public void report(Findings findings) throws InterruptedException {
        List<RequiredPermission> denied = new ArrayList<>();
        for (Map.Entry<RequiredPermission, Started<SubjectAccessReviewStatus>> entry : asked.entrySet()) {
            Answer<SubjectAccessReviewStatus> answer = entry.getValue().await();
            if (answer.value() == null) {
                findings.unchecked(unchecked(answer));
            } else if (!Boolean.TRUE.equals(answer.value().getAllowed())) {
                denied.add(entry.getKey());
            }
        }
        sentences.missing(denied, findings);
    }

    private String unchecked(Answer<SubjectAccessReviewStatus> answer) {
        boolean forbidden = answer.isRefused() && answer.refusal().getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        String reason = forbidden
                ? "this user may create neither localsubjectaccessreviews nor subjectaccessreviews"
                : "the API server does not answer a " + CLUSTER
                        + (answer.isRefused() ? " (status " + answer.refusal().getCode() + ")" : "");
        return "What the driver's service account %s may do in namespace %s was not checked, as %s. Check for example with '%s'."
                .formatted(serviceAccount, namespace, reason, sentences.question(permissions.get(0)));
    }
}
