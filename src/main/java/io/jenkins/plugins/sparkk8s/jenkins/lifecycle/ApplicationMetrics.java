package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What has become of the applications of this controller since it runs. Thread-safe; bounded. */
public final class ApplicationMetrics {
    static final String SUCCEEDED = "succeeded";
    static final String ABORTED = "aborted";

    /** It failed before there was a driver. */
    static final String NOT_SUBMITTED = "not-submitted";

    private static final String FAILED = "failed.";

    /** What is also notified of each end. */
    public interface Recorder {
        void ended(Duration total);

        void queued(Duration time);
    }

    private final Map<String, LongAdder> ends = new TreeMap<>();
    private final LongAdder millis = new LongAdder();
    private final LongAdder queuedMillis = new LongAdder();
    private final List<Recorder> recorders = new CopyOnWriteArrayList<>();

    ApplicationMetrics() {
        outcomes().forEach(outcome -> ends.put(outcome, new LongAdder()));
    }

    /** All that {@link #ended} counts: names of metrics. */
    public static List<String> outcomes() {
        return Stream.concat(
                        Stream.of(SUCCEEDED, ABORTED, NOT_SUBMITTED),
                        Arrays.stream(Cause.values()).map(cause -> FAILED + text(cause.name())))
                .toList();
    }

    /** @param recorder notified from now on, on any thread; must return at once */
    public void add(Recorder recorder) {
        recorders.add(recorder);
    }

    /** Once for each application. */
    void ended(SparkApplicationRun run) {
        ends.get(outcome(run)).increment();
        Duration total = Duration.ofMillis(run.getDurationMillis() == null ? 0 : run.getDurationMillis());
        millis.add(total.toMillis());
        recorders.forEach(recorder -> recorder.ended(total));
        if (run.getQueue() != null) {
            Duration queued = Duration.ofMillis(run.getQueue().getMillis());
            queuedMillis.add(queued.toMillis());
            recorders.forEach(recorder -> recorder.queued(queued));
        }
    }

    private static String outcome(SparkApplicationRun run) {
        if (run.isSuccess()) {
            return SUCCEEDED;
        }
        return switch (String.valueOf(run.getResult())) {
            case "ABORTED" -> ABORTED;
            case "NOT_SUBMITTED" -> NOT_SUBMITTED;
            default -> FAILED + text(run.getCause() == null ? Cause.UNKNOWN.name() : run.getCause());
        };
    }

    private static String text(String cause) {
        return cause.toLowerCase(Locale.ROOT);
    }

    /** @param outcome one of {@link #outcomes} */
    public long count(String outcome) {
        return ends.get(outcome).sum();
    }

    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        ends.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return counts;
    }

    /** Of all that have ended, together. */
    public long millis() {
        return millis.sum();
    }

    /** Of all that have ended, together. */
    public long queuedMillis() {
        return queuedMillis.sum();
    }
}
