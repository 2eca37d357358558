package io.jenkins.plugins.sparkk8s.conf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the errors of one configuration, so that they are reported together and not one a run. */
public final class Problems {
    private final Set<String> found = new LinkedHashSet<>();

    public void add(String problem) {
        found.add(problem);
    }

    /** Runs a step that may refuse the configuration; its complaint is kept and the next step can still run. */
    public void collect(Runnable step) {
        collect(() -> {
            step.run();
            return null;
        });
    }

    /** As {@link #collect(Runnable)}; empty when the step refused, or returned null. */
    public <T> Optional<T> collect(Supplier<T> step) {
        try {
            return Optional.ofNullable(step.get());
        } catch (ConfigurationException e) {
            found.addAll(e.problems());
            return Optional.empty();
        }
    }

    public List<String> list() {
        return new ArrayList<>(found);
    }

    /** @throws ConfigurationException with everything collected, if anything was */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(list());
        }
    }
}
