package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stages of an application that were seen to run, the longest of many. Changed by tasks of the application's mailbox;
 * {@link #recorded} may be called by any thread.
 */
public final class StageHistory {
    static final int MOST = 30;

    /** Stages whose figures are kept apart, since a later answer may correct them. */
    private static final int MOST_APART = 200;

    private final Map<StageProgress.Key, StageSpan> spans = new LinkedHashMap<>();
    private final Map<StageProgress.Key, StageData> apart = new LinkedHashMap<>();
    private final Set<StageProgress.Key> active = new HashSet<>();
    private StageData others;

    /** The most skewed of all that were asked for; null before the first. */
    private TaskTimes skew;

    /**
     * What the stages did with their data, as far as they were seen to run.
     *
     * @param data of those that have ended
     * @param skew task times of the most skewed stage; null when none were read
     */
    public record Totals(StageData data, TaskTimes skew) {
        public static final Totals NONE = new Totals(StageData.NONE, null);

        public Totals {
            data = data == null ? StageData.NONE : data;
        }
    }

    StageHistory(List<StageSpan> earlier, Totals totals) {
        earlier.forEach(span -> spans.put(span.key(), span));
        others = totals.data();
        skew = totals.skew();
    }

    /** @param stages all that run now */
    synchronized void running(List<StageProgress> stages, Instant now) {
        Set<StageProgress.Key> keys = stages.stream().map(StageProgress::key).collect(Collectors.toSet());
        active.clear();
        active.addAll(keys);
        stages.forEach(this::add);
        spans.replaceAll((key, span) ->
                span.ended() == null && !keys.contains(key) ? span.ended(now.toEpochMilli(), false) : span);
        stages.forEach(stage -> spans.computeIfAbsent(stage.key(), key -> span(stage, now)));
        while (spans.size() > MOST) {
            spans.values().stream()
                    .min(Comparator.comparing((StageSpan span) -> span.ended() == null)
                            .thenComparing(span -> span.millis(now.toEpochMilli())))
                    .ifPresent(shortest -> spans.remove(shortest.key()));
        }
    }

    private static StageSpan span(StageProgress stage, Instant now) {
        Instant started = stage.submitted() == null ? now : stage.submitted();
        return new StageSpan(
                stage.id(),
                stage.attempt(),
                stage.name(),
                started.toEpochMilli(),
                null,
                stage.tasks().total(),
                false);
    }

    /** A stage that has ended as the driver describes it afterwards. */
    synchronized void ended(StageProgress stage, Instant now) {
        Instant end = stage.completed() == null ? now : stage.completed();
        spans.computeIfPresent(stage.key(), (key, span) -> span.ended(end.toEpochMilli(), stage.hasFailed()));
        add(stage);
        took(stage.times());
    }

    /** @param times of a stage, which may still run; null when they are not known */
    synchronized void took(TaskTimes times) {
        if (times != null && (skew == null || times.longest() - times.median() > skew.longest() - skew.median())) {
            skew = times;
        }
    }

    private void add(StageProgress stage) {
        apart.put(stage.key(), stage.data());
        if (apart.size() > MOST_APART) {
            apart.keySet().stream()
                    .filter(key -> !active.contains(key))
                    .findFirst()
                    .ifPresent(oldest -> others = others.plus(apart.remove(oldest)));
        }
    }

    /** Of those that have ended; the figures of the others will come again. */
    synchronized Totals totals() {
        StageData data = apart.entrySet().stream()
                .filter(entry -> !active.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(others, StageData::plus);
        return new Totals(data, skew);
    }

    /** The driver has ended, and with it all that ran. */
    synchronized void over(Instant now) {
        running(List.of(), now);
    }

    synchronized List<StageSpan> recorded() {
        return List.copyOf(spans.values());
    }
}
