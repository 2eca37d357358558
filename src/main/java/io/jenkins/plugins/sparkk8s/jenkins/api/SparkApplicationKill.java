package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * What {@code sparkK8sKill} did: the value of the step in a script.
 *
 * <p>Pipeline keeps it with the variables of a script, so it holds plain values only and never changes. Renaming a property breaks
 * scripts.
 */
public final class SparkApplicationKill implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean killed;
    private final boolean removed;
    private final SparkApplicationRun application;

    private SparkApplicationKill(boolean killed, boolean removed, SparkApplicationRun application) {
        this.killed = killed;
        this.removed = removed;
        this.application = application;
    }

    /**
     * @param record of an application that has ended
     * @param ran whether it had not when the step began
     */
    public static SparkApplicationKill of(ApplicationRecord record, boolean ran) {
        SparkApplicationRun application = SparkApplicationRun.of(record);
        return new SparkApplicationKill(
                ran && "ABORTED".equals(application.getResult()), !record.isLeftOnCluster(), application);
    }

    /** Whether the application was stopped; false when it had ended already. */
    @Whitelisted
    public boolean isKilled() {
        return killed;
    }

    /** False when the cluster did not respond, so that the driver may still run; its removal is tried again for a day. */
    @Whitelisted
    public boolean isRemoved() {
        return removed;
    }

    /** The application, as it ended. */
    @Whitelisted
    public SparkApplicationRun getApplication() {
        return application;
    }

    /** For an echo. */
    @Override
    @Whitelisted
    public String toString() {
        if (!killed) {
            return "application %s had already ended: %s".formatted(application.getApplicationId(), application);
        }
        return removed
                ? "application %s is stopped".formatted(application.getApplicationId())
                : "application %s is to be stopped, but its driver may still run: the cluster refused the removal or did not respond. It is tried again every minute for a day."
                        .formatted(application.getApplicationId());
    }
}
