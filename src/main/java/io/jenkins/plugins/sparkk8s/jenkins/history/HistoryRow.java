package io.jenkins.plugins.sparkk8s.jenkins.history;

import io.jenkins.plugins.sparkk8s.jenkins.api.ApplicationStatus;
import io.jenkins.plugins.sparkk8s.monitor.CoreHours;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.staging.files.ByteSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** One run of an application in the words of a page. Public only because pages are rendered by reflection. */
public final class HistoryRow {
    private final HistoryEntry entry;
    private final UsualTime usual;
    private final String jobUrl;

    HistoryRow(HistoryEntry entry, UsualTime usual, String jobUrl) {
        this.entry = entry;
        this.usual = usual;
        this.jobUrl = jobUrl;
    }

    HistoryEntry entry() {
        return entry;
    }

    public String getLabel() {
        return "#" + entry.getBuild();
    }

    /** Below Jenkins' own URL. */
    public String getUrl() {
        return jobUrl + entry.getBuild() + "/";
    }

    /** One of success, failure, neutral. */
    public String getStyle() {
        if (entry.isSuccess()) {
            return "success";
        }
        return "ABORTED".equals(entry.getResult()) ? "neutral" : "failure";
    }

    public String getResult() {
        return ApplicationStatus.ofResult(entry.getResult());
    }

    /** For the page's date format. */
    public Date getStarted() {
        return new Date(entry.getStartTime());
    }

    public String getDuration() {
        return time(entry.getDurationMillis());
    }

    public String getQueued() {
        return time(HistoryPhase.QUEUED.of(entry));
    }

    public String getStaging() {
        return time(HistoryPhase.STAGING.of(entry));
    }

    public String getPending() {
        return time(HistoryPhase.PENDING.of(entry));
    }

    public String getRunning() {
        return time(HistoryPhase.RUNNING.of(entry));
    }

    private static String time(Long millis) {
        return millis == null ? "" : Durations.format(Duration.ofMillis(Math.max(0, millis)));
    }

    /** How many ran, of how many that were asked for; empty when it is not known. */
    public String getExecutors() {
        if (entry.getExecutorsRequested() == null) {
            return "";
        }
        String executors = Messages.Row_executors(entry.getPeakExecutors(), entry.getExecutorsRequested());
        return entry.getFailedExecutors() == 0
                ? executors
                : executors + ", " + Messages.Row_failed(entry.getFailedExecutors());
    }

    public String getUploaded() {
        return ByteSizes.readable(entry.getBytesUploaded());
    }

    /** Empty when it is not known. */
    public String getCoreHours() {
        return entry.getCoreHours() == null ? "" : coreHours(entry.getCoreHours());
    }

    static String coreHours(double hours) {
        return CoreHours.readable(hours);
    }

    /** Whether it took much longer than the runs before it. */
    public boolean isSlow() {
        return usual.isExceededBy(entry);
    }

    /** The same in words; null unless it did. */
    public String getMark() {
        return isSlow() ? Messages.Slow_mark(usual.factor(entry)) : null;
    }

    /** The same with what it is compared with; null unless it did. */
    public String getNote() {
        return isSlow() ? usual.explain(entry) : null;
    }

    /** All of it in a line, for a tooltip. */
    public String getTitle() {
        List<String> texts = new ArrayList<>(List.of(getLabel(), getResult()));
        if (entry.getDurationMillis() != null) {
            texts.add(getDuration());
        }
        for (HistoryPhase phase : HistoryPhase.values()) {
            if (phase.orZero(entry) > 0) {
                texts.add(phase.label() + " " + time(phase.of(entry)));
            }
        }
        if (entry.getCoreHours() != null) {
            texts.add(Messages.Chart_coreHours(getCoreHours()));
        }
        if (isSlow()) {
            texts.add(getNote());
        }
        return String.join(", ", texts);
    }
}
