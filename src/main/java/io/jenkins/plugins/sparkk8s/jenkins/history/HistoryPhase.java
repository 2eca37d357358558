package io.jenkins.plugins.sparkk8s.jenkins.history;

import java.util.Locale;
import java.util.function.Function;

/** What an application spent its time on, in the order in which it comes. */
enum HistoryPhase {
    QUEUED(HistoryEntry::getQueuedMillis),
    STAGING(HistoryEntry::getStagedMillis),
    PENDING(HistoryEntry::getPendingMillis),
    RUNNING(HistoryEntry::getRunningMillis),
    /** Checks, submission, clean-up; all of the time when nothing else is known. */
    OTHER(HistoryPhase::rest);

    private final Function<HistoryEntry, Long> millis;

    HistoryPhase(Function<HistoryEntry, Long> millis) {
        this.millis = millis;
    }

    /** In milliseconds; null when it is not known. */
    Long of(HistoryEntry entry) {
        return millis.apply(entry);
    }

    /** In milliseconds; 0 when it is not known. */
    long orZero(HistoryEntry entry) {
        Long time = of(entry);
        return time == null ? 0 : Math.max(0, time);
    }

    private static Long rest(HistoryEntry entry) {
        Long all = entry.activeMillis();
        return all == null
                ? null
                : (Long) Math.max(0, all - STAGING.orZero(entry) - PENDING.orZero(entry) - RUNNING.orZero(entry));
    }

    String label() {
        return switch (this) {
            case QUEUED -> Messages.Phase_queued();
            case STAGING -> Messages.Phase_staging();
            case PENDING -> Messages.Phase_pending();
            case RUNNING -> Messages.Phase_running();
            case OTHER -> Messages.Phase_other();
        };
    }

    /** As a page's attribute has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
