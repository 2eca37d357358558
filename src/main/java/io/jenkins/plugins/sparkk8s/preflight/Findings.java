package io.jenkins.plugins.sparkk8s.preflight;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what a pre-flight finds, each sentence once. One object for each pre-flight; for one thread. */
final class Findings {
    private final Set<String> errors = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> unchecked = new LinkedHashSet<>();

    void error(String sentence) {
        errors.add(sentence);
    }

    void warning(String sentence) {
        warnings.add(sentence);
    }

    void unchecked(String sentence) {
        unchecked.add(sentence);
    }

    PreflightReport report() {
        return new PreflightReport(List.copyOf(errors), List.copyOf(warnings), List.copyOf(unchecked));
    }
}
