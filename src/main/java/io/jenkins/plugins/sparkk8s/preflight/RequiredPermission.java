package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that a user must be allowed to do in the namespace.
 *
 * @param group the API group; empty for the core group
 * @param resource as in a Role, such as {@code pods} or {@code pods/log}
 * @param verb as in a Role
 * @param purpose what it is needed for; a clause that starts with "to"
 * @param vital whether the application fails without it
 */
record RequiredPermission(String group, String resource, String verb, String purpose, boolean vital) {

    static Stream<RequiredPermission> vital(String resource, String purpose, String... verbs) {
        return Stream.of(verbs).map(verb -> new RequiredPermission("", resource, verb, purpose, true));
    }

    static Stream<RequiredPermission> useful(String resource, String purpose, String... verbs) {
        return Stream.of(verbs).map(verb -> new RequiredPermission("", resource, verb, purpose, false));
    }

    RequiredPermission inGroup(String apiGroup) {
        return new RequiredPermission(apiGroup, resource, verb, purpose, vital);
    }

    /** What to ask in an access review. */
    ResourceAttributes attributes(String namespace) {
        int slash = resource.indexOf('/');
        return new ResourceAttributesBuilder()
                .withNamespace(namespace)
                .withGroup(group)
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                .withVerb(verb)
                .build();
    }

    /** Whether a rule gives it for every object; rules for objects of certain names do not. */
    boolean isGivenBy(ResourceRule rule) {
        return rule.getResourceNames().isEmpty()
                && hasOne(rule.getVerbs(), verb)
                && hasOne(rule.getApiGroups(), group)
                && (hasOne(rule.getResources(), resource) || givesSubresource(rule));
    }

    private boolean givesSubresource(ResourceRule rule) {
        int slash = resource.indexOf('/');
        return slash >= 0 && rule.getResources().contains("*" + resource.substring(slash));
    }

    private static boolean hasOne(List<String> values, String wanted) {
        return values.contains("*") || values.contains(wanted);
    }
}
