package io.jenkins.plugins.sparkk8s.preflight;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.util.List;

/**
 * What a pre-flight found; one sentence each.
 *
 * @param errors what would make the application fail
 * @param warnings what the application can do without
 * @param unchecked what could not be looked at, and why
 */
public record PreflightReport(List<String> errors, List<String> warnings, List<String> unchecked) {

    public PreflightReport {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        unchecked = List.copyOf(unchecked);
    }

    /** @throws ConfigurationException with all errors, if there are any */
    public void throwIfFailed() {
        if (!errors.isEmpty()) {
            throw new ConfigurationException(errors);
        }
    }
}
