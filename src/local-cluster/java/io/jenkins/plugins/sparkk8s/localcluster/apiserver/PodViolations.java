package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of one pod is not admitted, in the phrases of Kubernetes. */
abstract class PodViolations {
    final JsonNode pod;
    final JsonNode spec;
    private final List<String> violations = new ArrayList<>();

    PodViolations(JsonNode pod) {
        this.pod = pod;
        this.spec = pod.path("spec");
    }

    final List<String> list() {
        return violations;
    }

    final List<JsonNode> containers() {
        return Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(list -> Json.list(spec, list).stream())
                .toList();
    }

    final void add(String check, String detail) {
        if (!detail.isEmpty()) {
            violations.add(check + " (" + detail + ")");
        }
    }

    static String quoted(String singular, List<String> names) {
        return (names.size() > 1 ? singular + "s " : singular + " ")
                + names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }

    final List<String> names(Predicate<JsonNode> wrong) {
        return containers().stream()
                .filter(wrong)
                .map(c -> Json.text(c, "name"))
                .toList();
    }

    final String affected(Predicate<JsonNode> wrong, String what) {
        final List<String> names = names(wrong);
        return names.isEmpty() ? "" : quoted("container", names) + " " + what;
    }

    final void containers(String check, Predicate<JsonNode> wrong, String what) {
        add(check, affected(wrong, what));
    }

    /** Who sets what is wrong: the pod, containers; a new list. */
    final List<String> setters(boolean podIsWrong, Predicate<JsonNode> wrong) {
        List<String> names = names(wrong);
        List<String> setters = new ArrayList<>();
        if (podIsWrong) {
            setters.add("pod");
        }
        if (!names.isEmpty()) {
            setters.add(quoted("container", names));
        }
        return setters;
    }

    final void podOrContainers(String check, boolean podIsWrong, Predicate<JsonNode> wrong, String what) {
        List<String> setters = setters(podIsWrong, wrong);
        add(check, setters.isEmpty() ? "" : String.join(" and ", setters) + " " + what);
    }
}
