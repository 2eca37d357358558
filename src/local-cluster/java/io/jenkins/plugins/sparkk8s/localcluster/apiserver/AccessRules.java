package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who may do what. The last rule that fits a request decides; when none does, a service account may do everything in
 * its own namespace and read what is cluster-scoped. The administrator may always do everything.
 *
 * <p>In every list {@code "*"} stands for all. A sub-resource is named {@code pods/log}.
 */
public final class AccessRules {

    private static final Set<String> READ = Set.of("get", "list", "watch");
    private static final Set<String> SELF_REVIEWS =
            Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews");

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    AccessRules() {}

    /**
     * Allows requests.
     *
     * @param user the full name, such as {@code system:serviceaccount:spark:spark}, or {@code "*"}
     * @param verbs such as {@code create}
     * @param apiGroups empty string for the core group
     * @param resources plural names
     * @param namespace the namespace it holds in, {@code "*"} for all and for what is cluster-scoped
     */
    public void allow(
            String user, List<String> verbs, List<String> apiGroups, List<String> resources, String namespace) {
        rules.add(new Rule(true, user, List.copyOf(verbs), List.copyOf(apiGroups), List.copyOf(resources), namespace));
    }

    /** Refuses requests; the parameters are those of {@link #allow}. */
    public void deny(
            String user, List<String> verbs, List<String> apiGroups, List<String> resources, String namespace) {
        rules.add(new Rule(false, user, List.copyOf(verbs), List.copyOf(apiGroups), List.copyOf(resources), namespace));
    }

    /** Forgets all rules; only the default is left. */
    public void clear() {
        rules.clear();
    }

    /** The name of a service account as a user. */
    public static String serviceAccount(String namespace, String name) {
        return User.serviceAccount(namespace, name).name();
    }

    boolean allowed(User user, String verb, String group, String resource, String namespace) {
        if (user.isAdmin()) {
            return true;
        }
        for (int i = rules.size() - 1; i >= 0; i--) {
            Rule rule = rules.get(i);
            if (rule.fits(user.name(), verb, group, resource, namespace)) {
                return rule.allowed();
            }
        }
        return byDefault(user, verb, resource, namespace);
    }

    private static boolean byDefault(User user, String verb, String resource, String namespace) {
        if (user.ownNamespace().isEmpty()) {
            return false;
        }
        if (SELF_REVIEWS.contains(resource)) {
            return true;
        }
        boolean clusterScoped = namespace.isEmpty()
                && ResourceTypes.all().stream()
                        .noneMatch(t -> t.namespaced() && t.plural().equals(resource.split("/", 2)[0]));
        return clusterScoped ? READ.contains(verb) : user.ownNamespace().equals(namespace);
    }

    List<Rule> rulesFor(String user, String namespace) {
        return rules.stream()
                .filter(r -> Rule.covers(r.user(), user) && Rule.covers(r.namespace(), namespace))
                .toList();
    }

    /** One rule, of either kind. */
    record Rule(
            boolean allowed,
            String user,
            List<String> verbs,
            List<String> apiGroups,
            List<String> resources,
            String namespace) {

        boolean fits(String who, String verb, String group, String resource, String where) {
            return covers(user, who)
                    && (verbs.contains("*") || verbs.contains(verb))
                    && (apiGroups.contains("*") || apiGroups.contains(group))
                    && (resources.contains("*") || resources.contains(resource))
                    && covers(namespace, where);
        }

        static boolean covers(String pattern, String value) {
            return pattern.equals("*") || pattern.equals(value);
        }
    }
}
