package io.jenkins.plugins.sparkk8s.monitor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverPodLines;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSpan;
import io.jenkins.plugins.sparkk8s.monitor.driver.WarningEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorEvents;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.progress.ProgressMonitor;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a monitor has reported of its application up to one moment, and nothing else: a later monitor that begins with it reports
 * only what is new, so that over a restart no line is lost and none is repeated. Immutable; a few bytes for each executor.
 */
public final class MonitorCheckpoint {

    /**
     * @param startMillis when the application was first watched
     * @param logTime as {@link LogCursor#time}
     * @param logLines as {@link LogCursor#lines}
     * @param progress what has been reported of jobs and stages
     * @param driverSpan null before the driver was seen
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Content(
            long startMillis,
            String logTime,
            int logLines,
            DriverPodLines.Reported driver,
            ExecutorEvents.Reported executors,
            List<WarningEvents.Reported> warnings,
            ProgressMonitor.Reported progress,
            DriverSpan driverSpan) {}

    private final Content content;

    private MonitorCheckpoint(Content content) {
        this.content = content;
    }

    static MonitorCheckpoint of(
            Instant start,
            LogCursor log,
            DriverPodLines.Reported driver,
            List<WarningEvents.Reported> warnings,
            ApplicationTimeline.Reported parts) {
        String logTime = log.time() == null ? null : log.time().toString();
        return new MonitorCheckpoint(new Content(
                start.toEpochMilli(),
                logTime,
                log.lines(),
                driver,
                parts.executors(),
                warnings,
                parts.progress(),
                parts.driver()));
    }

    /** Of an application of which nothing has been reported. */
    public static MonitorCheckpoint beginning(Instant now) {
        return of(
                now,
                LogCursor.beginning(),
                DriverPodLines.Reported.NOTHING,
                List.of(),
                new ApplicationTimeline.Reported(
                        null, ExecutorEvents.Reported.NOTHING, ProgressMonitor.Reported.NOTHING));
    }

    /**
     * The opposite of {@link #toJson}.
     *
     * @throws IllegalArgumentException when it is not such a text
     */
    public static MonitorCheckpoint fromJson(String json) {
        Content content = Serialization.unmarshal(json, Content.class);
        if (content == null || content.driver() == null || content.executors() == null || content.warnings() == null) {
            throw new IllegalArgumentException("This is no checkpoint of a monitor.");
        }
        return new MonitorCheckpoint(content);
    }

    public String toJson() {
        return Serialization.asJson(content);
    }

    Instant start() {
        return Instant.ofEpochMilli(content.startMillis());
    }

    /** How far the driver's log has been shown. */
    LogCursor log() {
        return new LogCursor(content.logTime() == null ? null : Instant.parse(content.logTime()), content.logLines());
    }

    /** The same with the driver's log shown up to here. */
    public MonitorCheckpoint withLog(LogCursor cursor) {
        return of(
                start(),
                cursor,
                driver(),
                warnings(),
                new ApplicationTimeline.Reported(driverSpan(), executors(), progress()));
    }

    DriverPodLines.Reported driver() {
        return content.driver();
    }

    ExecutorEvents.Reported executors() {
        return content.executors();
    }

    List<WarningEvents.Reported> warnings() {
        return content.warnings();
    }

    /** An earlier version kept none. */
    ProgressMonitor.Reported progress() {
        return Objects.requireNonNullElse(content.progress(), ProgressMonitor.Reported.NOTHING);
    }

    /** Null before the driver was seen. */
    DriverSpan driverSpan() {
        return content.driverSpan();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MonitorCheckpoint that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(content);
    }

    @Override
    public String toString() {
        return toJson();
    }
}
