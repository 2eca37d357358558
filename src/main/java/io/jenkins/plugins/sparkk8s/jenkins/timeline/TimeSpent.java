package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkQueue;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How long each step of an application took, in one line of a page. */
public final class TimeSpent {
    /** In milliseconds; less would be shown as 0 s. */
    static final int SHORTEST_SHOWN = 50;

    private TimeSpent() {}

    /** Empty as long as none has taken any time. */
    public static String of(SparkApplicationRun application) {
        List<String> times = new ArrayList<>();
        SparkQueue queue = application.getQueue();
        addTime(times, Messages::Time_queued, queue == null ? null : queue.getMillis());
        addTime(times, Messages::Time_staged, application.getStagedMillis());
        addTime(times, Messages::Time_submitted, application.getSubmittedMillis());
        addTime(times, Messages::Time_scheduled, application.getScheduledMillis());
        addTime(times, Messages::Time_started, application.getStartedMillis());
        addTime(times, Messages::Time_running, application.getRunningMillis());
        return String.join(", ", times);
    }

    private static void addTime(List<String> times, Function<Object, String> text, Long millis) {
        if (millis != null && millis >= SHORTEST_SHOWN) {
            times.add(text.apply(Durations.format(Duration.ofMillis(millis))));
        }
    }
}
