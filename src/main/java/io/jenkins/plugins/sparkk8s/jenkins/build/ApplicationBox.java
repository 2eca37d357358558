package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.jenkins.api.ApplicationStatus;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkCost;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkProgress;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkQueue;
import io.jenkins.plugins.sparkk8s.jenkins.timeline.ProgressBars;
import io.jenkins.plugins.sparkk8s.jenkins.timeline.TimeSpent;
import io.jenkins.plugins.sparkk8s.jenkins.timeline.Timeline;
import io.jenkins.plugins.sparkk8s.monitor.CoreHours;
import io.jenkins.plugins.sparkk8s.staging.files.ByteSizes;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** One application in the words of a page. Public only because pages are rendered by reflection. */
public final class ApplicationBox {
    /** Of these no history server can know. */
    private static final Set<String> NEVER_RAN = Set.of("NEVER_STARTED", "NOT_SUBMITTED");

    private final SparkApplicationRun application;
    private final int number;
    private final LogLinks links;

    /** @param number its place among those of the build, from 1 */
    public ApplicationBox(SparkApplicationRun application, int number) {
        this(application, number, LogLinks.NONE);
    }

    /** @param links to its logs */
    ApplicationBox(SparkApplicationRun application, int number, LogLinks links) {
        this.application = application;
        this.number = number;
        this.links = links;
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
        return ApplicationStatus.of(application);
    }

    /** What is known, the most wanted first. */
    public List<ApplicationFact> getFacts() {
        List<ApplicationFact> facts = new ArrayList<>();
        add(facts, Messages.Fact_Reason(), application.isSuccess() ? null : application.getReason());
        add(facts, Messages.Fact_Details(), String.join("\n", application.getDetails()));
        add(facts, Messages.Fact_Queue(), queue());
        add(facts, Messages.Fact_ExitCode(), application.getExitCode());
        add(facts, Messages.Fact_Driver(), application.getDriverState());
        add(facts, Messages.Fact_Executors(), getExecutors());
        add(facts, Messages.Fact_Missing(), application.getExecutorsMissing());
        add(facts, Messages.Fact_Duration(), application.getDuration());
        add(facts, Messages.Fact_Times(), TimeSpent.of(application));
        addCost(facts, application.getCost());
        add(facts, Messages.Fact_Uploaded(), application.getBytesUploaded() == 0 ? null : uploaded());
        add(facts, Messages.Fact_ApplicationId(), application.getApplicationId());
        add(facts, Messages.Fact_DriverPod(), getDriverPod());
        add(facts, Messages.Fact_Cluster(), application.getCluster());
        add(facts, Messages.Fact_SubmittedBy(), application.getSubmittedBy());
        String url = application.getHistoryUrl();
        if (url != null && !NEVER_RAN.contains(Objects.toString(application.getResult()))) {
            facts.add(new ApplicationFact(Messages.Fact_History(), Messages.History_link(), url));
        }
        return facts;
    }

    public String getLogsLabel() {
        return Messages.Logs_label();
    }

    /** The logs that are kept of it, with links below Jenkins' own address; looks into the build's folder. */
    public List<ApplicationFact> getLogs() {
        return links.of(application.getId());
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
        counts.add(Messages.Executors_requested(application.getExecutorsRequested()));
        if (application.getExecutorsRunning() == null) {
            long peak = application.getPeakExecutors();
            counts.add(peak == 0 ? Messages.Executors_none() : Messages.Executors_peak(peak));
        } else {
            counts.add(Messages.Executors_running(application.getExecutorsRunning()));
            addCount(counts, Messages::Executors_pending, application.getExecutorsPending());
        }
        addCount(counts, Messages::Executors_failed, application.getFailedExecutors());
        return String.join(", ", counts);
    }

    private static void addCount(List<String> counts, Function<Object, String> text, Long count) {
        if (count != null && count > 0) {
            counts.add(text.apply(count));
        }
    }

    /** Its place; null unless it is queued. */
    private String queue() {
        SparkQueue queue = application.getQueue();
        return queue == null || queue.getPosition() == null
                ? null
                : Messages.Queue_place(queue.getPosition(), queue.getReason());
    }

    private String uploaded() {
        return ByteSizes.readable(application.getBytesUploaded());
    }

    private static void addCost(List<ApplicationFact> facts, SparkCost cost) {
        if (cost == null) {
            return;
        }
        if (cost.getTasks() != null) {
            add(
                    facts,
                    Messages.Fact_Tasks(),
                    Messages.Cost_tasks(cost.getTasks(), cost.getFailedTasks(), cost.getGcPercent())
                            + source(cost.getSource()));
            add(facts, Messages.Fact_Data(), data(cost));
        }
        String hours = Messages.Cost_coreHours(CoreHours.readable(cost.getCoreHours()));
        add(
                facts,
                Messages.Fact_Used(),
                cost.getPeakHeapBytes() == null
                        ? hours
                        : hours + ", " + Messages.Cost_heap(size(cost.getPeakHeapBytes())));
        add(facts, Messages.Fact_Hints(), String.join("\n", cost.getHints()));
    }

    /** Null when there was none, which five zeros would say no better. */
    private static String data(SparkCost cost) {
        boolean moved = Stream.of(
                        cost.getInputBytes(),
                        cost.getOutputBytes(),
                        cost.getShuffleReadBytes(),
                        cost.getShuffleWriteBytes(),
                        cost.getSpilledBytes())
                .anyMatch(bytes -> bytes != null && bytes > 0);
        return moved
                ? Messages.Cost_data(
                        size(cost.getInputBytes()),
                        size(cost.getOutputBytes()),
                        size(cost.getShuffleReadBytes()),
                        size(cost.getShuffleWriteBytes()),
                        size(cost.getSpilledBytes()))
                : null;
    }

    /** Where it is not the driver, of which the page shows its last answers anyway. */
    private static String source(String source) {
        return switch (source == null ? "" : source) {
            case "EVENT_LOG" -> " (" + Messages.Cost_fromEventLog() + ")";
            case "PARTIAL_EVENT_LOG" -> " (" + Messages.Cost_fromPartialEventLog() + ")";
            default -> "";
        };
    }

    private static String size(Long bytes) {
        return ByteSizes.readable(bytes == null ? 0 : bytes);
    }

    private static void add(List<ApplicationFact> facts, String label, Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isEmpty()) {
            facts.add(new ApplicationFact(label, text, null));
        }
    }
}
