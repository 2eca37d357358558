package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.staging.ByteSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** One application in the words of a page. Public only because pages are rendered by reflection. */
public final class ApplicationBox {
    /** Of these no history server can know. */
    private static final Set<String> NEVER_RAN = Set.of("NEVER_STARTED", "NOT_SUBMITTED");

    /** In milliseconds; less would be shown as 0 s. */
    static final int SHORTEST_SHOWN = 50;

    private final SparkApplicationRun application;
    private final int number;

    /** @param number its place among those of the build, from 1 */
    ApplicationBox(SparkApplicationRun application, int number) {
        this.application = application;
        this.number = number;
    }

    public SparkApplicationRun getApplication() {
        return application;
    }

    public String getId() {
        return application.getId();
    }

    /** For the page of all; an identifier would mean nothing to a reader. */
    public int getNumber() {
        return number;
    }

    public String getTitle() {
        return application.getName() == null ? application.getApplicationId() : application.getName();
    }

    public ApplicationStyle getStyle() {
        return ApplicationStyle.of(application);
    }

    /** How it stands, or how it ended. */
    public String getStatus() {
        String result = application.getResult();
        if (result != null) {
            return switch (result) {
                case "SUCCEEDED", "FAILED", "DELETED", "LOST", "NEVER_STARTED", "ABORTED", "NOT_SUBMITTED" ->
                    Texts.of("Result." + result);
                default -> result;
            };
        }
        return Texts.of("State." + application.getState());
    }

    /** What is known, the most wanted first. */
    public List<ApplicationFact> getFacts() {
        List<ApplicationFact> facts = new ArrayList<>();
        add(facts, "Reason", application.isSuccess() ? null : application.getReason());
        add(facts, "Details", String.join("\n", application.getDetails()));
        add(facts, "ExitCode", application.getExitCode());
        add(facts, "Driver", application.getDriverState());
        add(facts, "Executors", getExecutors());
        add(facts, "Duration", application.getDuration());
        add(facts, "Times", times());
        addCost(facts, application.getCost());
        add(facts, "Uploaded", application.getBytesUploaded() == 0 ? null : uploaded());
        add(facts, "ApplicationId", application.getApplicationId());
        add(facts, "DriverPod", getDriverPod());
        add(facts, "Cluster", application.getCluster());
        String url = application.getHistoryUrl();
        if (url != null && !NEVER_RAN.contains(Objects.toString(application.getResult()))) {
            facts.add(new ApplicationFact(Texts.of("Fact.History"), Texts.of("History.link"), url));
        }
        return facts;
    }

    /** How far it is; null when that is not known, or it has ended. */
    public ProgressBars getProgress() {
        SparkProgress progress = application.getProgress();
        return progress == null ? null : new ProgressBars(progress);
    }

    /** What it did over time; null when that is not known. */
    public Timeline getTimeline() {
        return Timeline.of(application);
    }

    /** For the page's date format. */
    public Date getStarted() {
        return new Date(application.getStartTime());
    }

    /** The one line that stands for the facts: why it failed, else where it is. */
    public String getSummary() {
        if (!application.isSuccess() && application.getReason() != null) {
            return application.getReason();
        }
        return application.getDriverPod() == null ? application.getApplicationId() : getDriverPod();
    }

    /** Whether nothing that is shown of it changes any more. */
    public boolean isSettled() {
        return application.getResult() != null;
    }

    /** Namespace and name; null before it is submitted. */
    public String getDriverPod() {
        return application.getDriverPod() == null
                ? null
                : application.getNamespace() + "/" + application.getDriverPod();
    }

    /** Null as long as nothing is known of them. */
    public String getExecutors() {
        if (application.getExecutorsRequested() == null) {
            return null;
        }
        List<String> counts = new ArrayList<>();
        counts.add(Texts.of("Executors.requested", application.getExecutorsRequested()));
        if (application.getExecutorsRunning() == null) {
            long peak = application.getPeakExecutors();
            counts.add(peak == 0 ? Texts.of("Executors.none") : Texts.of("Executors.peak", peak));
        } else {
            counts.add(Texts.of("Executors.running", application.getExecutorsRunning()));
            addCount(counts, "Executors.pending", application.getExecutorsPending());
        }
        addCount(counts, "Executors.failed", application.getFailedExecutors());
        return String.join(", ", counts);
    }

    private static void addCount(List<String> counts, String key, Long count) {
        if (count != null && count > 0) {
            counts.add(Texts.of(key, count));
        }
    }

    private String times() {
        Map<String, Long> times = new LinkedHashMap<>();
        times.put("Time.staged", application.getStagedMillis());
        times.put("Time.submitted", application.getSubmittedMillis());
        times.put("Time.scheduled", application.getScheduledMillis());
        times.put("Time.started", application.getStartedMillis());
        times.put("Time.running", application.getRunningMillis());
        times.values().removeIf(millis -> millis == null || millis < SHORTEST_SHOWN);
        return times.entrySet().stream()
                .map(time -> Texts.of(time.getKey(), Durations.format(Duration.ofMillis(time.getValue()))))
                .collect(Collectors.joining(", "));
    }

    private String uploaded() {
        return ByteSizes.readable(application.getBytesUploaded());
    }

    private static void addCost(List<ApplicationFact> facts, SparkCost cost) {
        if (cost == null) {
            return;
        }
        if (cost.getTasks() != null) {
            add(facts, "Tasks", Texts.of("Cost.tasks", cost.getTasks(), cost.getFailedTasks(), cost.getGcPercent()));
            add(
                    facts,
                    "Data",
                    Texts.of(
                            "Cost.data",
                            size(cost.getInputBytes()),
                            size(cost.getOutputBytes()),
                            size(cost.getShuffleReadBytes()),
                            size(cost.getShuffleWriteBytes()),
                            size(cost.getSpilledBytes())));
        }
        String hours = Texts.of("Cost.coreHours", cost.getCoreHours());
        add(
                facts,
                "Used",
                cost.getPeakHeapBytes() == null
                        ? hours
                        : hours + ", " + Texts.of("Cost.heap", size(cost.getPeakHeapBytes())));
        add(facts, "Hints", String.join("\n", cost.getHints()));
    }

    private static String size(Long bytes) {
        return ByteSizes.readable(bytes == null ? 0 : bytes);
    }

    private static void add(List<ApplicationFact> facts, String key, Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isEmpty()) {
            facts.add(new ApplicationFact(Texts.of("Fact." + key), text, null));
        }
    }
}
