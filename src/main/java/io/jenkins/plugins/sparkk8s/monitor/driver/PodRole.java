package io.jenkins.plugins.sparkk8s.monitor.driver;

/** Whose pod it is, for the keys that a sentence names. */
public enum PodRole {
    DRIVER("driver"),
    EXECUTOR("executor");

    private final String word;

    PodRole(String word) {
        this.word = word;
    }

    /** As it stands in Spark's keys. */
    String word() {
        return word;
    }

    /** A key of this role, such as {@code spark.executor.memory} for {@code spark.%s.memory}. */
    String key(String pattern) {
        return pattern.formatted(word);
    }
}
