package io.jenkins.plugins.sparkk8s.jenkins.build;

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
        String label = Texts.of("Timeline.executor", String.valueOf(span.id()));
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
                Texts.of("Timeline.pendingFor", pending),
                span.started() == null ? null : Texts.of("Time.running", running(span)),
                span.end() == null ? null : state(span),
                details(span));
    }

    TimelineEntry entry(ExecutorSpan span) {
        return new TimelineEntry(
                Texts.of("Timeline.executor", String.valueOf(span.id())),
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
            return Texts.of("Timeline." + span.end().name().toLowerCase(Locale.ROOT));
        }
        if (isOver) {
            return Texts.of("Timeline.removed");
        }
        return Texts.of(span.started() == null ? "Timeline.pending" : "Timeline.running");
    }

    private static String details(ExecutorSpan span) {
        return Timeline.joined(
                span.exitCode() == null || span.exitCode() == 0 ? null : ExitCodes.describe(span.exitCode()),
                "Error".equals(span.reason()) || "Completed".equals(span.reason()) ? null : span.reason(),
                span.pod() == null ? null : Texts.of("Timeline.pod", span.pod()),
                span.node() == null ? null : Texts.of("Timeline.node", span.node()));
    }
}
