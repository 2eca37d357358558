package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import java.util.Locale;

/** How far an application of a build has come; written down before the next one begins. */
@XStreamAlias("sparkPhase")
public enum Phase {
    /** Waits until its cluster takes one more application; nothing was done for it. */
    QUEUED,
    /** Checked and staged; nothing of it exists on the cluster. */
    STAGING,
    /** Its objects may exist on the cluster; whether they do must be asked there. */
    CREATING,
    /** The driver pod exists, and the build waits for its end. */
    RUNNING,
    /** The driver pod exists, and the build does not wait. */
    DEPLOYED,
    /** Ended, with a result. */
    ENDED,
    /** Recorded by another version of the plugin. */
    UNKNOWN;

    boolean isQueued() {
        return this == QUEUED;
    }

    boolean isStaging() {
        return this == QUEUED || this == STAGING;
    }

    boolean isBeingCreated() {
        return this == CREATING;
    }

    boolean hasDriver() {
        return this == RUNNING || this == DEPLOYED;
    }

    boolean isDeployed() {
        return this == DEPLOYED;
    }

    public boolean hasEnded() {
        return this == ENDED;
    }

    static Phase withDriver(boolean buildWaits) {
        return buildWaits ? RUNNING : DEPLOYED;
    }

    /** @param building whether the build still runs, so that an application without an end may come to one */
    public String state(boolean building) {
        boolean isFinal = hasEnded() || isDeployed();
        return (isFinal || building ? this : UNKNOWN).name().toLowerCase(Locale.ROOT);
    }
}
