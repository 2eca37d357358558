package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.staging.files.ByteSizes;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The summary as lines of two aligned columns; what is not known is left out. */
public final class SummaryTable {
    private SummaryTable() {}

    /** @return lines without their ends, printable */
    public static List<String> lines(ApplicationSummary summary) {
        Map<String, String> rows = rows(summary);
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        rows.forEach((name, value) -> lines.add(line(width, name, value)));
        if (summary.cost() != null) {
            summary.cost().hints().forEach(hint -> lines.add(line(width, "hint", hint)));
        }
        return lines;
    }

    private static String line(int width, String name, String value) {
        return TextSanitizer.line(String.format(Locale.ROOT, "%-" + width + "s  %s", name, value));
    }

    private static Map<String, String> rows(ApplicationSummary summary) {
        Map<String, String> rows = new LinkedHashMap<>();
        MonitoredApplication application = summary.application();
        ApplicationResult result = summary.result();
        rows.put("application", application.applicationName());
        rows.put("application id", application.applicationId());
        rows.put("driver pod", application.namespace() + "/" + application.driverPodName());
        rows.put("result", result.outcome().name());
        if (result.exitCode() != null) {
            rows.put("exit code", String.valueOf(result.exitCode()));
        }
        if (!result.isSuccess()) {
            rows.put("reason", result.reason());
        }
        put(rows, "staged", summary.submission().staged());
        put(rows, "submitted", summary.submission().submitted());
        put(rows, "scheduled", summary.scheduled());
        put(rows, "started", summary.started());
        put(rows, "running", summary.running());
        rows.put(
                "executors",
                "%s requested, %d at peak, %d failed"
                        .formatted(summary.executorsRequested(), summary.executorsPeak(), summary.executorsFailed()));
        addCost(rows, summary.cost());
        rows.put("uploaded", ByteSizes.readable(summary.submission().bytesUploaded()));
        return rows;
    }

    private static void addCost(Map<String, String> rows, ApplicationCost cost) {
        if (cost == null) {
            return;
        }
        ExecutorTotals totals = cost.totals();
        if (totals != null) {
            rows.put(
                    "tasks",
                    "%d done, %d failed, %d %% of their time in garbage collections (%s)"
                            .formatted(totals.tasks(), totals.failedTasks(), totals.gcPercent(), source(cost)));
            rows.put(
                    "data",
                    "read %s, written %s, shuffle read %s, shuffle written %s, spilled %s"
                            .formatted(
                                    ByteSizes.readable(totals.input()),
                                    ByteSizes.readable(cost.data().output()),
                                    ByteSizes.readable(totals.shuffleRead()),
                                    ByteSizes.readable(totals.shuffleWrite()),
                                    ByteSizes.readable(cost.data().spilled())));
        }
        rows.put("used", used(cost));
    }

    private static String source(ApplicationCost cost) {
        return switch (cost.source()) {
            case EVENT_LOG -> "from the event log";
            case PARTIAL_EVENT_LOG -> "from the event log, which lacks the end of the application";
            case DRIVER ->
                "at %s, the last figures of the driver"
                        .formatted(cost.totals().at().truncatedTo(ChronoUnit.SECONDS));
        };
    }

    private static String used(ApplicationCost cost) {
        String hours = CoreHours.readable(cost.coreHours()) + " core-hours of executors";
        ExecutorTotals totals = cost.totals();
        return totals == null || totals.peakHeap() == 0
                ? hours
                : "%s, at most %s of heap in one".formatted(hours, ByteSizes.readable(totals.peakHeap()));
    }

    private static void put(Map<String, String> rows, String name, Duration time) {
        if (time != null) {
            rows.put(name, Durations.format(time));
        }
    }
}
