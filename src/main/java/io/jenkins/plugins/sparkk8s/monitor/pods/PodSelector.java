package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** The label selectors of the shared requests of a namespace. */
final class PodSelector {
    /** More names in one selector would make the URL longer than what proxies let through. */
    private static final int MOST_NAMED = 50;

    private PodSelector() {}

    /** What a list asks for: the active pods of these applications, or of all when they are too many to be named. */
    static String of(Collection<String> applications) {
        String which = applications.size() > MOST_NAMED
                ? Labels.APPLICATION
                : applications.stream().sorted().collect(Collectors.joining(",", Labels.APPLICATION + " in (", ")"));
        return encode(which + "," + Labels.INACTIVE + "!=true");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
