package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import java.util.Locale;

/** The few looks of an application, in the order in which a page that cannot show all picks them. */
enum ApplicationStyle {
    FAILURE,
    RUNNING,
    QUEUED,
    NEUTRAL,
    SUCCESS;

    static ApplicationStyle of(SparkApplicationRun application) {
        if (application.isSuccess()) {
            return SUCCESS;
        }
        if (application.getResult() != null) {
            return "ABORTED".equals(application.getResult()) ? NEUTRAL : FAILURE;
        }
        return switch (application.getState()) {
            case "queued" -> QUEUED;
            case "deployed", "unknown" -> NEUTRAL;
            default -> RUNNING;
        };
    }

    /** As a page's attribute has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
