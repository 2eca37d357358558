package io.jenkins.plugins.sparkk8s.jenkins.api;

/** One line on an application, as a script prints it. */
final class ApplicationText {
    private ApplicationText() {}

    /** What, how it ended, after which time, and why. */
    static String of(SparkApplicationRun run) {
        StringBuilder text = new StringBuilder(
                run.getName() == null ? run.getApplicationId() : run.getName() + " (" + run.getApplicationId() + ")");
        text.append(": ").append(run.getResult() == null ? run.getState() : run.getResult());
        if (run.getDuration() != null) {
            text.append(" after ").append(run.getDuration());
        }
        if (run.getExitCode() != null) {
            text.append(", exit code ").append(run.getExitCode());
        }
        if (run.getReason() != null && !run.isSuccess()) {
            text.append(": ").append(run.getReason());
        }
        return text.toString();
    }
}
