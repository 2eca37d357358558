package io.jenkins.plugins.sparkk8s.conf;

import java.util.List;

/** The configuration cannot work as it stands; has every error that was found, so that one run reports them all. */
public final class ConfigurationException extends ActionableException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public ConfigurationException(String problem) {
        this(List.of(problem));
    }

    /** @param problems one sentence each, at least one */
    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("A configuration error needs at least one problem.");
        }
        this.problems = List.copyOf(problems);
    }

    /** The same complaint with its secrets hidden. */
    ConfigurationException masked(SecretMask mask) {
        ConfigurationException masked =
                new ConfigurationException(problems.stream().map(mask::mask).toList());
        masked.setStackTrace(getStackTrace());
        return masked;
    }

    /** One sentence for each error, in the order they were found; never empty. */
    public List<String> problems() {
        return problems;
    }
}
