package io.jenkins.plugins.sparkk8s.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says which rights somebody lacks: one sentence for each resource and purpose.
 *
 * @param who the subject of the sentence
 * @param namespace where
 * @param as what a kubectl command line needs to ask as that user; empty for the user of the submitter
 * @param remedy what else helps than a Role; a clause that starts with a comma, or empty
 */
record RightsReport(String who, String namespace, String as, String remedy) {

    void missing(List<Right> denied, Findings findings) {
        Map<List<Object>, List<Right>> bySentence = denied.stream()
                .collect(Collectors.groupingBy(
                        right -> List.of(right.group(), right.resource(), right.purpose(), right.vital()),
                        LinkedHashMap::new,
                        Collectors.toCollection(ArrayList::new)));
        bySentence.values().forEach(rights -> {
            if (rights.get(0).vital()) {
                findings.error(sentence(rights));
            } else {
                findings.warning(sentence(rights));
            }
        });
    }

    private String sentence(List<Right> rights) {
        Right first = rights.get(0);
        String verbs = rights.stream().map(Right::verb).collect(Collectors.joining(", "));
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
    String question(Right right) {
        String resource = right.group().isEmpty() ? right.resource() : dotted(right);
        int slash = right.resource().indexOf('/');
        String target = slash < 0
                ? resource
                : resource.replaceFirst("/.*", "") + " --subresource="
                        + right.resource().substring(slash + 1);
        return "kubectl auth can-i %s %s -n %s%s".formatted(right.verb(), target, namespace, as);
    }

    private static String dotted(Right right) {
        return right.resource().replaceFirst("/.*", "") + "." + right.group();
    }
}
