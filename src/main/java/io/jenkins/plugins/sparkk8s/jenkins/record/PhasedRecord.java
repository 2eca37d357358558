package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import java.time.Duration;

/**
 * The part of an {@link ApplicationRecord} that says how far the application has come, and, in memory only, where its state is
 * found while it is queued or watched.
 */
abstract class PhasedRecord extends MaskedRecord {
    private static final long serialVersionUID = 1L;

    /** Null only when another version of the plugin wrote it. */
    private Phase phase = Phase.STAGING;

    private transient volatile QueueSource queue;

    private transient WatchedState watch = new WatchedState();

    final synchronized void reach(Phase next) {
        phase = next;
    }

    /** {@link Phase#UNKNOWN} when another version of the plugin recorded one that is not known. */
    public final synchronized Phase phase() {
        return phase == null ? Phase.UNKNOWN : phase;
    }

    /** Whether it waits until its cluster takes one more application. */
    public final boolean isQueued() {
        return phase().isQueued();
    }

    /** Whether nothing of it exists on the cluster yet. */
    public final boolean isStaging() {
        return phase().isStaging();
    }

    /** Whether its objects may exist on the cluster, without the driver pod being known. */
    public final boolean isBeingCreated() {
        return phase().isBeingCreated();
    }

    /** Whether the driver pod exists, as far as is known. */
    public final boolean hasDriver() {
        return phase().hasDriver();
    }

    /** Whether the driver pod exists, and the build that submitted it did not wait. */
    public final boolean isDeployed() {
        return phase().isDeployed();
    }

    /** Whether it has a result. */
    public final boolean hasEnded() {
        return phase().hasEnded();
    }

    /** It has to wait before anything is done for it. */
    public final void queued() {
        reach(Phase.QUEUED);
    }

    /**
     * It need not wait any longer.
     *
     * @param time since its beginning
     */
    public final synchronized void leftQueue(Duration time) {
        reach(Phase.STAGING);
        queue = null;
        keepQueued(time);
    }

    abstract void keepQueued(Duration time);

    /** From now on the page shows its place in the queue; until it leaves the queue, or a restart. */
    public final void setQueueSource(QueueSource source) {
        queue = source;
    }

    /** Its place in the queue now; null unless it is queued. */
    public final QueuePlace queuePlace() {
        QueueSource source = queue;
        return source == null || !isQueued() ? null : source.place();
    }

    /** A copy, or a record that has been read, is watched by nothing yet. */
    final void forgetStateSource() {
        watch = new WatchedState();
    }

    /**
     * From now on the page shows the state of the application; until it ends, or a restart.
     *
     * @param state null when the application is no longer watched
     */
    public final void setStateSource(StateSource state) {
        watch.use(state);
    }

    /** A user looks at the application. */
    public final void refreshProgress() {
        watch.refreshProgress();
    }

    /** @return null when the application is not watched */
    public final ApplicationState liveState() {
        return watch.state();
    }
}
