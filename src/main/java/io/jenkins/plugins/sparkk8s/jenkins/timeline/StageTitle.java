package io.jenkins.plugins.sparkk8s.jenkins.timeline;

/** What a stage is called on a page: its number, its attempt unless it is the first, and the call that made it. */
final class StageTitle {
    private StageTitle() {}

    /** @param name of the call; null or blank when it is not known */
    static String of(int id, int attempt, String name) {
        String suffix = name == null || name.isBlank() ? "" : " " + name;
        return attempt == 0
                ? Messages.Progress_stage(String.valueOf(id), suffix)
                : Messages.Progress_attempt(String.valueOf(id), attempt, suffix);
    }
}
