package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the cluster, before anything is uploaded or created, for what would otherwise fail minutes later: objects that
 * the configuration names, the rights of the submitter, and those of Spark's driver.
 *
 * <p>It only reads. The calls are few (see docs/preflight.md) and go out at the same time, in two rounds, so that a
 * near API server has answered within a fraction of a second. What the submitter may not look at stays unchecked: a
 * missing right to look is never a failure.
 */
public final class Preflight {
    private Preflight() {}

    /**
     * Checks everything and reports all findings together.
     *
     * @param client stays open
     * @param example what the objects will be; names and places of uploaded files need not be the final ones
     * @throws ClusterException when the API server cannot be reached, does not answer within the request timeout, or
     *     does not accept the credentials
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    public static PreflightReport run(KubernetesClient client, DriverSpec example) throws InterruptedException {
        Findings findings = new Findings();
        try (ConcurrentCalls calls = new ConcurrentCalls(client)) {
            String namespace = example.namespace();
            ObjectLookups objects = ObjectLookups.start(
                    client, namespace, NeededObjects.of(example, client.getKubernetesSerialization()), calls);
            Optional<ExtensionLookup> extensions = ExtensionLookup.start(client, example, calls);
            List<PermissionReview> started = new ArrayList<>();
            started.add(SubmitterReview.start(client, namespace, SubmitterPermissions.of(example), calls));
            driver(client, example, calls, findings).ifPresent(started::add);
            boolean usable = objects.reportNamespace(findings);
            objects.namespace().ifPresent(found -> NamespaceLevel.check(found, example, findings));
            List<PermissionReview> reviews = usable ? started : List.of();
            for (PermissionReview review : reviews) {
                review.proceed();
            }
            objects.report(usable, findings);
            if (extensions.isPresent()) {
                extensions.get().report(findings);
            }
            for (PermissionReview review : reviews) {
                review.report(findings);
            }
        }
        return findings.report();
    }

    private static Optional<PermissionReview> driver(
            KubernetesClient client, DriverSpec example, ConcurrentCalls calls, Findings findings) {
        if (!NeededObjects.startsExecutors(example)) {
            return Optional.empty();
        }
        if (DriverReview.hasOwnCredentials(example)) {
            findings.unchecked(
                    "What the driver may do in namespace %s was not checked, as it uses the credentials of %s* and no service account."
                            .formatted(example.namespace(), Constants.DRIVER_AUTH_PREFIX));
            return Optional.empty();
        }
        return Optional.of(DriverReview.start(client, example, DriverPermissions.of(example.properties()), calls));
    }
}
