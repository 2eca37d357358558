package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import io.jenkins.plugins.sparkk8s.jenkins.api.ApplicationStatus;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkQueue;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedTimeline;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationTimeline;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSpan;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Driver, executors and stages of an application over time, in the words of a page. Public only because pages are rendered by
 * reflection.
 */
public final class Timeline {
    /** With more executors than that, they are folded by state, and only those that failed have rows. */
    static final int MOST_ROWS = 20;

    private final SparkApplicationRun application;
    private final ApplicationTimeline timeline;
    private final TimelineScale scale;
    private final ExecutorRows executors;

    private Timeline(SparkApplicationRun application, ApplicationTimeline timeline, long now) {
        this.application = application;
        this.timeline = timeline;
        Long end = application.getEndTime();
        this.scale = new TimelineScale(begin(application), end == null ? now : end);
        this.executors = new ExecutorRows(scale, end != null);
    }

    /** @return null when there is nothing to show */
    public static Timeline of(SparkApplicationRun application) {
        RecordedTimeline recorded = application.timeline();
        ApplicationTimeline timeline = recorded == null ? null : recorded.read();
        return timeline == null || timeline.driver() == null
                ? null
                : new Timeline(application, timeline, recorded.now().toEpochMilli());
    }

    /** What was submitted, the driver, its stages, and its executors as far as they are not folded. */
    public List<TimelineRow> getRows() {
        List<TimelineRow> rows = new ArrayList<>();
        rows.add(submission());
        rows.add(driver(timeline.driver()));
        if (!timeline.stages().isEmpty()) {
            rows.add(new StageRow(scale).of(timeline.stages()));
        }
        shown().map(executors::row).forEach(rows::add);
        rows.removeIf(row -> row.getBars().isEmpty());
        return rows;
    }

    private Stream<ExecutorSpan> shown() {
        Stream<ExecutorSpan> spans = timeline.executors().executors().stream();
        return isFolded()
                ? spans.filter(span -> span.end() == ExecutorSpan.End.FAILED).limit(MOST_ROWS)
                : spans;
    }

    private boolean isFolded() {
        return timeline.executors().total() > MOST_ROWS;
    }

    /** What it was queued before would leave little room for the rest. */
    private static long begin(SparkApplicationRun application) {
        SparkQueue queue = application.getQueue();
        return application.getStartTime() + (queue == null ? 0 : queue.getMillis());
    }

    /** Null unless there are too many executors for a row of each. */
    public TimelineArea getArea() {
        return isFolded() ? new TimelineArea(timeline.executors().census(), scale) : null;
    }

    /** Label of the area. */
    public String getAreaLabel() {
        return Messages.Timeline_executors(timeline.executors().total());
    }

    /** Times since the start, evenly spaced. */
    public List<String> getTicks() {
        return scale.ticks();
    }

    /** The same as a table. */
    public List<TimelineEntry> getEntries() {
        List<TimelineEntry> entries = new ArrayList<>();
        entries.add(entry(timeline.driver()));
        timeline.executors().executors().stream().map(executors::entry).forEach(entries::add);
        return entries;
    }

    /** How many executors the table leaves out; null when it has all. */
    public String getMore() {
        long more =
                timeline.executors().total() - timeline.executors().executors().size();
        return more > 0 ? Messages.Timeline_more(more) : null;
    }

    /** What was submitted last is the driver's pod; the checks before have what time is left. */
    private TimelineRow submission() {
        List<TimelineBar> bars = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        long start = begin(application);
        long staged = orZero(application.getStagedMillis());
        long submitted = orZero(application.getSubmittedMillis());
        Long created = timeline.driver().created();
        long end = Math.max(start + staged + submitted, created == null ? start : created);
        addPhase(bars, texts, "checked", Messages::Time_checked, new Long[] {start, end - submitted - staged});
        addPhase(bars, texts, "staged", Messages::Time_staged, new Long[] {end - submitted - staged, end - submitted});
        addPhase(bars, texts, "submitted", Messages::Time_submitted, new Long[] {end - submitted, end});
        return row(Messages.Timeline_submission(), texts, bars);
    }

    private void addPhase(
            List<TimelineBar> bars, List<String> texts, String phase, Function<Object, String> text, Long[] time) {
        if (time[1] - time[0] >= TimeSpent.SHORTEST_SHOWN) {
            add(bars, texts, phase, text, time);
        }
    }

    private static long orZero(Long millis) {
        return millis == null ? 0 : millis;
    }

    private TimelineRow driver(DriverSpan span) {
        List<TimelineBar> bars = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Long end = span.finished() == null ? application.getEndTime() : span.finished();
        Long starting = span.scheduled() == null ? span.created() : span.scheduled();
        if (span.created() != null && span.scheduled() != null && span.scheduled() > span.created()) {
            add(bars, texts, "pending", Messages::Time_scheduled, new Long[] {span.created(), span.scheduled()});
        }
        Long until = span.started() == null ? end : span.started();
        if (starting != null && (until == null || until > starting)) {
            add(bars, texts, "pending", Messages::Time_started, new Long[] {starting, until});
        }
        if (span.started() != null) {
            add(bars, texts, "running", Messages::Time_running, new Long[] {span.started(), end});
        }
        if (application.getResult() != null && end != null) {
            String text = driverState(span);
            texts.add(text);
            bars.add(scale.bar(application.isSuccess() ? "succeeded" : "failed", end, end, text));
        }
        if (span.node() != null) {
            texts.add(Messages.Timeline_node(span.node()));
        }
        return row(Messages.Timeline_driver(), texts, bars);
    }

    private void add(
            List<TimelineBar> bars, List<String> texts, String state, Function<Object, String> label, Long[] time) {
        String text = label.apply(scale.time(time[0], time[1]));
        texts.add(text);
        bars.add(scale.bar(state, time[0], time[1], text));
    }

    private String driverState(DriverSpan span) {
        String result = application.getResult();
        String state = result == null ? Messages.Timeline_running() : ApplicationStatus.of(application);
        Integer exitCode = application.getExitCode() == null ? span.exitCode() : application.getExitCode();
        return exitCode == null ? state : state + ", " + Messages.Timeline_exitCode(String.valueOf(exitCode));
    }

    private TimelineEntry entry(DriverSpan span) {
        Long end = span.finished() == null ? application.getEndTime() : span.finished();
        Long pendingUntil = span.started() == null ? end : span.started();
        String pod = application.getDriverPod() == null ? "" : Messages.Timeline_pod(application.getDriverPod());
        return new TimelineEntry(
                Messages.Timeline_driver(),
                span.started() == null && application.getResult() == null
                        ? Messages.Timeline_pending()
                        : driverState(span),
                span.created() == null ? "" : scale.time(span.created(), pendingUntil),
                span.started() == null ? "" : scale.time(span.started(), end),
                joined(pod, span.node() == null ? null : Messages.Timeline_node(span.node())));
    }

    private static TimelineRow row(String label, List<String> texts, List<TimelineBar> bars) {
        return new TimelineRow(label, label + ": " + String.join(", ", texts), bars);
    }

    static String joined(String... texts) {
        return String.join(
                ", ",
                Stream.of(texts)
                        .filter(Objects::nonNull)
                        .filter(text -> !text.isEmpty())
                        .toList());
    }
}
