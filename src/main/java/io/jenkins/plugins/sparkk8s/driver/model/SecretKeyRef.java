package io.jenkins.plugins.sparkk8s.driver.model;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;

/** One entry of a Secret, written {@code name:key}. */
public record SecretKeyRef(String secret, String key) {

    /**
     * Reads {@code name:key}. The error does not show the text, which may be the secret itself.
     *
     * @throws ConfigurationException naming the option when the text is not {@code name:key}
     */
    public static SecretKeyRef parse(String option, String text) {
        String[] parts = text.split(":");
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new ConfigurationException(
                    "The value of %s is not valid. Write it as name:key, the name of a Secret and a key in it."
                            .formatted(option));
        }
        return new SecretKeyRef(parts[0], parts[1]);
    }
}
