package io.jenkins.plugins.sparkk8s.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says which permissions a user lacks: one sentence for each resource and purpose.
 *
 * @param who the subject of the sentence
 * @param namespace where
 * @param as what a kubectl command line needs to ask as that user; empty for the user of the submitter
 * @param remedy what else helps than a Role; a clause that starts with a comma, or empty
 */
record PermissionReport(String who, String namespace, String as, String remedy) {

    void missing(List<RequiredPermission> denied, Findings findings) {
        Map<List<Object>, List<RequiredPermission>> bySentence = denied.stream()
                .collect(Collectors.groupingBy(
                        permission -> List.of(
                                permission.group(), permission.resource(), permission.purpose(), permission.vital()),
                        LinkedHashMap::new,
                        Collectors.toCollection(ArrayList::new)));
        bySentence.values().forEach(permissions -> {
            if (permissions.get(0).vital()) {
                findings.error(sentence(permissions));
            } else {
                findings.warning(sentence(permissions));
            }
        });
    }

    private String sentence(List<RequiredPermission> permissions) {
        RequiredPermission first = permissions.get(0);
        String verbs = permissions.stream().map(RequiredPermission::verb).collect(Collectors.joining(", "));
        return "%s may not %s %s in namespace %s, %s %s. Give it a Role with apiGroup \"%s\", resource %s and verbs %s; '%s' must print yes%s."
                .formatted(
                        who,
                        verbs,
                        first.resource(),
                        namespace,
                        first.vital() ? "but needs it" : "but would use it",
                        first.purpose(),
                        first.group(),
                        first.resource(),
                        verbs,
                        question(first),
                        remedy);
    }

    /** The command that asks for a right. */
    String question(RequiredPermission permission) {
        String resource = permission.group().isEmpty() ? permission.resource() : dotted(permission);
        int slash = permission.resource().indexOf('/');
        String target = slash < 0
                ? resource
                : resource.replaceFirst("/.*", "") + " --subresource="
                        + permission.resource().substring(slash + 1);
        return "kubectl auth can-i %s %s -n %s%s".formatted(permission.verb(), target, namespace, as);
    }

    private static String dotted(RequiredPermission permission) {
        return permission.resource().replaceFirst("/.*", "") + "." + permission.group();
    }
}
