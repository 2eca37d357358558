package io.jenkins.plugins.sparkk8s.monitor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSpan;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorHistory;
import io.jenkins.plugins.sparkk8s.monitor.progress.ProgressMonitor;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageSpan;
import java.util.List;

/**
 * What driver, executors and stages of an application did over time. Immutable, and at most some ten kilobytes however many
 * executors and stages there were. Texts are masked and bounded, and still those of strangers.
 *
 * @param driver null before it was seen
 * @param executors lives of some executors, and counts of all
 * @param stages those that were seen to run
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApplicationTimeline(DriverSpan driver, ExecutorHistory.Recorded executors, List<StageSpan> stages) {

    /** What a checkpoint keeps of its parts. */
    record Reported(DriverSpan driver, ExecutorEvents.Reported executors, ProgressMonitor.Reported progress) {}

    public ApplicationTimeline {
        executors = executors == null ? ExecutorHistory.Recorded.NOTHING : executors;
        stages = stages == null ? List.of() : List.copyOf(stages);
    }

    /**
     * The opposite of {@link #toJson}.
     *
     * @throws IllegalArgumentException when it is not such a text
     */
    public static ApplicationTimeline fromJson(String json) {
        try {
            ApplicationTimeline timeline = Serialization.unmarshal(json, ApplicationTimeline.class);
            if (timeline != null) {
                return timeline;
            }
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException("This is no timeline of an application.", e);
        }
        throw new IllegalArgumentException("This is no timeline of an application.");
    }

    public String toJson() {
        return Serialization.asJson(this);
    }
}
