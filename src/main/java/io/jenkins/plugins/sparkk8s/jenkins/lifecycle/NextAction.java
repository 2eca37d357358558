package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;

/**
 * What is to be done next for an application, by its record alone: after a restart, and after each step. The table
 * "When the controller restarts" of the user's documentation is this one.
 */
enum NextAction {
    /** Wait until the cluster takes one more application. */
    QUEUE,
    /** Nothing exists on the cluster: check, upload and create under the names of the record. */
    SUBMIT,
    /** Take over the driver pod when there is one, else create all objects again under the same names. */
    TAKE_OVER_OR_SUBMIT,
    /** Take over the driver pod when there is one, else remove what was created. */
    TAKE_OVER_OR_REMOVE,
    /** Remove what was uploaded; the application was not submitted. */
    DISCARD,
    /** Remove what exists: the application was aborted, and the cluster had not answered. */
    ABORT,
    /** Watch the driver pod to its end. */
    WATCH,
    /** Report to the build that the driver pod exists, and watch it without the build. */
    REPORT_AND_WATCH,
    /** Report the result to the build. */
    REPORT,
    /** Remove what could not be removed at the end. */
    CLEAN_UP,
    /** Leave alone what another version of the plugin recorded. */
    NONE;

    /**
     * @param phase of the record
     * @param buildWaits whether a build waits for the application
     * @param aborted whether an abort was begun
     */
    static NextAction of(Phase phase, boolean buildWaits, boolean aborted) {
        boolean isOpen = phase != Phase.ENDED && phase != Phase.UNKNOWN;
        return aborted && isOpen ? ABORT : of(phase, buildWaits);
    }

    private static NextAction of(Phase phase, boolean buildWaits) {
        return switch (phase) {
            case QUEUED -> buildWaits ? QUEUE : DISCARD;
            case STAGING -> buildWaits ? SUBMIT : DISCARD;
            case CREATING -> buildWaits ? TAKE_OVER_OR_SUBMIT : TAKE_OVER_OR_REMOVE;
            case RUNNING -> WATCH;
            case DEPLOYED -> buildWaits ? REPORT_AND_WATCH : WATCH;
            case ENDED -> buildWaits ? REPORT : CLEAN_UP;
            case UNKNOWN -> NONE;
        };
    }
}
