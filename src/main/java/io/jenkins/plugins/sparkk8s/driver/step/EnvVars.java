package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

/** Environment variables with a plain value. */
final class EnvVars {
    private EnvVars() {}

    /** @param value what the container is to find, without any expansion */
    static EnvVar of(String name, String value) {
        return new EnvVarBuilder()
                .withName(name)
                .withValue(Expansion.escape(value))
                .build();
    }
}
