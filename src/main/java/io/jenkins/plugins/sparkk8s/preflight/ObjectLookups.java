package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesNames;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Answer;
import io.jenkins.plugins.sparkk8s.preflight.ConcurrentCalls.Started;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks whether the namespace and the needed objects are there, one call for each object, started all at once.
 *
 * <p>Of a Secret only the names of its entries are used.
 */
final class ObjectLookups {
    private final KubernetesClient client;
    private final String namespace;
    private final ConcurrentCalls calls;
    private final Started<Namespace> namespaceLookup;
    private final List<Lookup> lookups = new ArrayList<>();

    /** One object, and what asks for it. */
    private record Lookup(List<Reference> references, Started<HasMetadata> call) {
        Reference first() {
            return references.get(0);
        }

        String keys() {
            return references.stream().map(Reference::key).distinct().collect(Collectors.joining(" and "));
        }
    }

    private ObjectLookups(KubernetesClient client, String namespace, ConcurrentCalls calls) {
        this.client = client;
        this.namespace = namespace;
        this.calls = calls;
        this.namespaceLookup = calls.start(
                "get",
                new ObjectReference("Namespace", namespace, namespace),
                () -> client.namespaces().withName(namespace).get());
    }

    /** Starts the calls. */
    static ObjectLookups start(
            KubernetesClient client, String namespace, Collection<Reference> needed, ConcurrentCalls calls) {
        ObjectLookups lookups = new ObjectLookups(client, namespace, calls);
        Map<List<Object>, List<Reference>> byObject = needed.stream()
                .collect(Collectors.groupingBy(
                        reference -> List.of(reference.kind(), reference.name()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        byObject.values().forEach(lookups::start);
        return lookups;
    }

    private void start(List<Reference> references) {
        Reference first = references.get(0);
        ObjectReference object = new ObjectReference(first.kind().kind(), namespace, first.name());
        lookups.add(new Lookup(references, calls.start("get", object, () -> get(first))));
    }

    /** A text that cannot be a name at all would only make a broken request. */
    private HasMetadata get(Reference reference) {
        if (!KubernetesNames.isDnsSubdomain(reference.name())) {
            return null;
        }
        return reference.kind().isNamespaced()
                ? client.resources(reference.kind().type())
                        .inNamespace(namespace)
                        .withName(reference.name())
                        .get()
                : client.resources(reference.kind().type())
                        .withName(reference.name())
                        .get();
    }

    /**
     * Waits for the answers about the objects.
     *
     * @param namespaceUsable whether what is missing in the namespace is worth reporting
     */
    void report(boolean namespaceUsable, Findings findings) throws InterruptedException {
        Map<String, List<String>> refused = new LinkedHashMap<>();
        for (Lookup lookup : lookups) {
            Answer<HasMetadata> answer = lookup.call().await();
            if (!namespaceUsable && lookup.first().kind().isNamespaced()) {
                continue;
            }
            if (answer.isRefused()) {
                refused.computeIfAbsent(refusal(lookup.first(), answer.refusal()), unused -> new ArrayList<>())
                        .add("%s (%s)".formatted(lookup.first().name(), lookup.keys()));
            } else if (answer.value() == null) {
                missing(lookup, findings);
            } else {
                content(lookup, answer.value(), findings);
            }
        }
        refused.forEach((sentence, names) -> findings.unchecked(sentence.formatted(String.join(", ", names))));
    }

    /**
     * Waits for the answer about the namespace, the first of all calls.
     *
     * @return false when there is no usable one
     * @throws ClusterException when the API server cannot be reached
     */
    boolean reportNamespace(Findings findings) throws InterruptedException {
        String key = KubernetesOptions.NAMESPACE.key();
        Answer<Namespace> answer = namespaceLookup.await();
        if (answer.isRefused()) {
            findings.unchecked("Whether the namespace %s (%s) exists was not checked, as %s."
                    .formatted(namespace, key, reason(answer.refusal(), "namespaces")));
            return true;
        }
        if (answer.value() == null) {
            findings.error(
                    "%s names the namespace %s, which does not exist. Create it with 'kubectl create namespace %s', or correct the key."
                            .formatted(key, namespace, namespace));
            return false;
        }
        if (answer.value().getMetadata().getDeletionTimestamp() != null) {
            findings.error(
                    "%s names the namespace %s, which is being deleted. Wait until it is gone and create it again, or choose another."
                            .formatted(key, namespace));
            return false;
        }
        return true;
    }

    /** The namespace, after {@link #reportNamespace}; empty when it is not known. */
    Optional<Namespace> namespace() throws InterruptedException {
        return Optional.ofNullable(namespaceLookup.await().value());
    }

    /** A sentence with a place for the names. */
    private static String refusal(Reference reference, KubernetesClientException refusal) {
        String resource = new ObjectReference(reference.kind().kind(), "", null).resource();
        return "Whether these %s exist was not checked, as %s: %%s. If a pod does not start, check them first."
                .formatted(resource, reason(refusal, resource));
    }

    private static String reason(KubernetesClientException refusal, String resource) {
        return refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? "this user has no permission to get " + resource
                : "the API server answered with status " + refusal.getCode();
    }

    private void missing(Lookup lookup, Findings findings) {
        Reference reference = lookup.first();
        String sentence = "%s: there is no %s %s%s. %s, or correct what asks for it."
                .formatted(
                        lookup.keys(),
                        reference.kind().kind(),
                        reference.name(),
                        reference.kind().isNamespaced() ? " in namespace " + namespace : "",
                        reference.kind().remedy(reference.name(), namespace));
        if (reference.kind() == ObjectKind.PULL_SECRET) {
            findings.warning(sentence + " Without it a private image cannot be pulled.");
        } else {
            findings.error(sentence);
        }
    }

    private void content(Lookup lookup, HasMetadata object, Findings findings) {
        Set<String> entries = entries(object);
        for (Reference reference : lookup.references()) {
            String wanted = reference.dataKey().orElse(null);
            if (wanted == null || entries.contains(wanted)) {
                continue;
            }
            String where = "%s: %s %s in namespace %s"
                    .formatted(reference.key(), reference.kind().kind(), reference.name(), namespace);
            if (entries.isEmpty()) {
                // Some gateways in front of an API server hide the content, so it need not be empty.
                findings.warning("%s shows no content at all, though the key %s is needed. Add it if it is missing."
                        .formatted(where, wanted));
            } else {
                findings.error("%s has no key %s, only %s. Add it, or correct what asks for it."
                        .formatted(where, wanted, String.join(", ", entries)));
            }
        }
    }

    private static Set<String> entries(HasMetadata object) {
        Stream<Map<String, String>> data = object instanceof Secret secret
                ? Stream.ofNullable(secret.getData())
                : object instanceof ConfigMap map ? Stream.of(map.getData(), map.getBinaryData()) : Stream.empty();
        return data.filter(Objects::nonNull)
                .flatMap(entries -> entries.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
