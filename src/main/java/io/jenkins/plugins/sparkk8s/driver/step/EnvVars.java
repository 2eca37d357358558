package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

/** Environment variables with a plain value. */
final class EnvVars {
    private EnvVars() {}

    static EnvVar of(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
