package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import io.jenkins.plugins.sparkk8s.monitor.driver.ExitCodes;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Executors in a timeline.
 *
 * @param isOver whether the application has ended, so that an executor without an end went with it
 */
record ExecutorRows(TimelineScale scale, boolean isOver) {

    TimelineRow row(ExecutorSpan span) {
        String label = Messages.Timeline_executor(String.valueOf(span.id()));
        List<TimelineBar> bars = new ArrayList<>();
        String pending = pending(span);
        String title = joinedTitle(pending, span);
        if (pendingUntil(span) == null || pendingUntil(span) > span.created()) {
            bars.add(scale.bar("pending", span.created(), pendingUntil(span), title));
        }
        if (span.started() != null) {
            bars.add(scale.bar("running", span.started(), span.ended(), title));
        }
        if (span.end() != null) {
            bars.add(scale.bar(span.end().name().toLowerCase(Locale.ROOT), span.ended(), span.ended(), title));
        }
        return new TimelineRow(label, label + ": " + title, bars);
    }

    private String joinedTitle(String pending, ExecutorSpan span) {
        return Timeline.joined(
                Messages.Timeline_pendingFor(pending),
                span.started() == null ? null : Messages.Time_running(running(span)),
                span.end() == null ? null : state(span),
                details(span));
    }

    TimelineEntry entry(ExecutorSpan span) {
        return new TimelineEntry(
                Messages.Timeline_executor(String.valueOf(span.id())),
                state(span),
                pending(span),
                span.started() == null ? "" : running(span),
                details(span));
    }

    private static Long pendingUntil(ExecutorSpan span) {
        return span.started() == null ? span.ended() : span.started();
    }

    private String pending(ExecutorSpan span) {
        return scale.time(span.created(), pendingUntil(span));
    }

    private String running(ExecutorSpan span) {
        return scale.time(span.started(), span.ended());
    }

    private String state(ExecutorSpan span) {
        if (span.end() != null) {
            return switch (span.end()) {
                case SUCCEEDED -> Messages.Timeline_succeeded();
                case FAILED -> Messages.Timeline_failed();
                case REMOVED -> Messages.Timeline_removed();
            };
        }
        if (isOver) {
            return Messages.Timeline_removed();
        }
        return span.started() == null ? Messages.Timeline_pending() : Messages.Timeline_running();
    }

    private static String details(ExecutorSpan span) {
        return Timeline.joined(
                span.exitCode() == null || span.exitCode() == 0 ? null : ExitCodes.describe(span.exitCode()),
                "Error".equals(span.reason()) || "Completed".equals(span.reason()) ? null : span.reason(),
                span.pod() == null ? null : Messages.Timeline_pod(span.pod()),
                span.node() == null ? null : Messages.Timeline_node(span.node()));
    }
}
