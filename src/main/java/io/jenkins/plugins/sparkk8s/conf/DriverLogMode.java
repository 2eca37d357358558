package io.jenkins.plugins.sparkk8s.conf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of the driver's log is shown to the user. */
public enum DriverLogMode {
    ALL,
    /** Its warnings and errors; beside them the user sees progress and the events of pods, as always. */
    PROGRESS,
    NONE;

    /** As a configuration has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param text a word of a mode, or the boolean that an earlier version took; may be null
     * @return empty when it is something else
     */
    public static Optional<DriverLogMode> find(String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(ALL);
            case "false" -> Optional.of(NONE);
            default ->
                Arrays.stream(values())
                        .filter(mode -> mode.word().equals(text.trim().toLowerCase(Locale.ROOT)))
                        .findFirst();
        };
    }
}
