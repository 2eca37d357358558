package io.jenkins.plugins.sparkk8s.monitor.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the scheduler of Kubernetes says of a pod that fits on no node, such as {@code 0/3 nodes are available: 1 node(s) had
 * untolerated taint {dedicated: gpu}, 2 Insufficient memory. preemption: …}; its words have hardly changed since 1.20.
 *
 * @param nodes how many there are
 * @param reasons why they do not take the pod, the one that holds for most first; not empty
 */
record SchedulingProblem(int nodes, List<Reason> reasons) {
    private static final Pattern HEAD =
            Pattern.compile("^0/(\\d{1,6}) nodes? (?:is|are) available: (.*)", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile("^(\\d{1,6}) (.+)$", Pattern.DOTALL);
    private static final Pattern NEXT = Pattern.compile(", (?=\\d{1,6} )");
    private static final String INSUFFICIENT = "Insufficient ";
    private static final int LONGEST = 120;

    private enum Kind {
        ROOM(text -> text.startsWith(INSUFFICIENT) || text.contains("Too many pods")),
        TAINT(text -> text.contains(" taint")),
        VOLUME(text -> text.contains("olume") || text.contains("persistentvolumeclaim")),
        SELECTOR(text -> text.contains("node affinity") || text.contains("node selector")),
        SPREAD(text -> text.contains("affinity") || text.contains("topology spread")),
        OTHER(text -> true);

        private final Predicate<String> holds;

        Kind(Predicate<String> holds) {
            this.holds = holds;
        }

        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.holds.test(text)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /**
     * @param nodes on how many it holds; 0 when it holds for the pod itself
     * @param text in the scheduler's words
     */
    private record Reason(int nodes, Kind kind, String text) {
        String resource() {
            return text.startsWith(INSUFFICIENT) ? text.substring(INSUFFICIENT.length()) : "pods";
        }

        String describe() {
            boolean isResource = text.startsWith(INSUFFICIENT);
            String what = isResource ? "not enough " + resource() : text.replace("node(s) ", "");
            return nodes == 0 ? what : what + " on " + nodes;
        }
    }

    /** @return empty when the message is of another form */
    static Optional<SchedulingProblem> parse(String message) {
        Matcher head = HEAD.matcher(message == null ? "" : message);
        if (!head.matches()) {
            return Optional.empty();
        }
        List<Reason> reasons = new ArrayList<>();
        for (String part : NEXT.split(firstSentence(head.group(2)))) {
            reason(part.strip()).ifPresent(reasons::add);
        }
        reasons.sort(Comparator.comparingInt(Reason::nodes).reversed());
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new SchedulingProblem(Integer.parseInt(head.group(1)), List.copyOf(reasons)));
    }

    /** Behind the reasons stands what was tried to make room. */
    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String reasons = (end < 0 ? text : text.substring(0, end)).strip();
        return reasons.endsWith(".") ? reasons.substring(0, reasons.length() - 1) : reasons;
    }

    private static Optional<Reason> reason(String part) {
        Matcher counted = PART.matcher(part);
        String text = counted.matches() ? counted.group(2) : part;
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Reason(counted.matches() ? Integer.parseInt(counted.group(1)) : 0, Kind.of(text), bounded));
    }

    /** Which resource is short on how many nodes, and what else excludes nodes. */
    String describe() {
        String what = has(Kind.ROOM) ? "no node has the room" : "no node fits";
        return "%s: %s of %d nodes"
                .formatted(what, reasons.stream().map(Reason::describe).collect(Collectors.joining(", ")), nodes);
    }

    /** The same for the same kind of problem, whatever the numbers. */
    String key() {
        return reasons.stream()
                .map(reason -> reason.kind() == Kind.ROOM
                        ? "room of " + reason.resource()
                        : reason.kind().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private boolean has(Kind kind) {
        return reasons.stream().anyMatch(reason -> reason.kind() == kind);
    }

    private boolean isShort(String resource) {
        return reasons.stream()
                .anyMatch(reason ->
                        reason.kind() == Kind.ROOM && reason.resource().equals(resource));
    }

    String remedy(PodRole role) {
        List<String> sentences = new ArrayList<>();
        if (has(Kind.ROOM)) {
            sentences.add(isShort("cpu") || isShort("memory") ? lessOf(role) : "Add nodes, or ask for less.");
        }
        if (has(Kind.TAINT)) {
            sentences.add("Tolerate the taint in the pod template %s, if the nodes are meant for it."
                    .formatted(role.key("spark.kubernetes.%s.podTemplateFile")));
        }
        if (has(Kind.SELECTOR)) {
            sentences.add("Check spark.kubernetes.node.selector.* and %s against the labels of the nodes."
                    .formatted(role.key("spark.kubernetes.%s.node.selector.*")));
        }
        if (has(Kind.VOLUME)) {
            sentences.add("Check that the claims of %s exist and can be bound where there is room."
                    .formatted(role.key("spark.kubernetes.%s.volumes.*")));
        }
        if (has(Kind.SPREAD)) {
            sentences.add("Check affinity and topologySpreadConstraints of the pod template.");
        }
        return sentences.isEmpty() ? "See the events of the pod." : String.join(" ", sentences);
    }

    private String lessOf(PodRole role) {
        List<String> keys = new ArrayList<>();
        if (isShort("cpu")) {
            keys.add(role.key("spark.kubernetes.%s.request.cores"));
        }
        if (isShort("memory")) {
            keys.add(role.key("spark.%s.memory"));
        }
        return "Free or add nodes, or ask for less with %s.".formatted(String.join(" and ", keys));
    }
}
