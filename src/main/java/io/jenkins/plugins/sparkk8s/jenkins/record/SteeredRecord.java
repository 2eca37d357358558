package io.jenkins.plugins.sparkk8s.jenkins.record;

/**
 * The part of an {@link ApplicationRecord} that says what builds want of the application beside its submission: to wait for it, or to
 * end it.
 */
abstract class SteeredRecord extends PhasedRecord {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_ABORT_REASON = 1000;

    /** Whether the driver may still run although the application has ended for its build. */
    private boolean leftOnCluster;

    /** Whether it is to end although the cluster may not have answered yet. */
    private boolean aborting;

    /** Why it is to end, for people; null when that is not known. */
    private String abortReason;

    /** Null unless this is a copy, for a build that waits for an application that was submitted with another record. */
    private RecordedWait wait;

    final synchronized void waitsFor(RecordedWait awaited) {
        wait = awaited;
    }

    /** The build does not wait any longer, although the application has not ended; changes nothing unless this is a copy. */
    public final synchronized void leaveWait() {
        if (wait != null) {
            wait = wait.left();
        }
    }

    /** Null unless this is a copy for a build that waits. */
    public final synchronized RecordedWait awaited() {
        return wait;
    }

    /** The build that submitted it; null when it is the one that the record belongs to. */
    final synchronized String submittedBy() {
        return wait == null ? null : wait.buildName();
    }

    /** @param left whether its driver, or what belongs to it, may still be on the cluster */
    public final synchronized void leftOnCluster(boolean left) {
        leftOnCluster = left;
    }

    public final synchronized boolean isLeftOnCluster() {
        return leftOnCluster;
    }

    /**
     * It is to be removed from the cluster, whatever becomes of this controller.
     *
     * @param why a sentence; null when there is none
     */
    public final synchronized void aborting(String why) {
        aborting = true;
        abortReason = kept(why, LONGEST_ABORT_REASON);
    }

    public final synchronized boolean isAborting() {
        return aborting;
    }

    /** Why it was aborted, a sentence. */
    public final synchronized String abortReason() {
        return abortReason == null ? "The build was aborted." : abortReason;
    }
}
