package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The label selectors of the shared requests of a namespace. */
final class PodSelector {
    /** More names in one selector would make the URL longer than what proxies let through. */
    private static final int MOST_NAMED = 50;

    private PodSelector() {}

    /** What a list asks for: the active pods of these applications, or of all when they are too many to be named. */
    static String of(Collection<String> applications) {
        String which = isOfAll(applications.size())
                ? Labels.APPLICATION
                : applications.stream().sorted().collect(Collectors.joining(",", Labels.APPLICATION + " in (", ")"));
        return encode(which + "," + Labels.INACTIVE + "!=true");
    }

    /** Whether so many applications are too many to be named. */
    static boolean isOfAll(int applications) {
        return applications > MOST_NAMED;
    }

    /** The applications in parts that are each few enough to be named; at least one part. */
    static List<List<String>> named(Collection<String> applications) {
        List<String> all = List.copyOf(applications);
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from == 0 || from < all.size(); from += MOST_NAMED) {
            parts.add(all.subList(from, Math.min(all.size(), from + MOST_NAMED)));
        }
        return parts;
    }

    /** The application that a pod belongs to; null when it has no such label. */
    static String application(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? null : labels.get(Labels.APPLICATION);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
