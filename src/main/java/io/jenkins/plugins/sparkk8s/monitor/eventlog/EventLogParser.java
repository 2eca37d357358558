package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventField.Count;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventField.Inner;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import io.jenkins.plugins.sparkk8s.monitor.progress.TaskTimes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adds up what the events of an event log say, one after the other; nothing of an event is kept. The sums are those of Spark's own
 * status store ({@code AppStatusListener}). Not thread-safe.
 */
final class EventLogParser {
    /** Names come from the log, so they are not kept. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final String PREFIX = "SparkListener";
    private static final int MOST_OPEN_STAGES = 1000;
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private static final Inner STAGE = new Inner(Map.of(
            "Stage Info", new Inner(Map.of("Stage ID", new Count(FIRST), "Stage Attempt ID", new Count(SECOND)))));

    private static final Inner TIMESTAMP = new Inner(Map.of("Timestamp", new Count(FIRST)));

    private final Map<TaskEnd.Stage, TaskDurations> open = new LinkedHashMap<>();
    private StageData data = StageData.NONE;
    private TaskTimes skew;
    private int executors;
    private long tasks;
    private long failedTasks;
    private long taskMillis;
    private long gcMillis;
    private long peakHeap;
    private long last;
    private boolean begun;
    private boolean ended;

    /**
     * Reads one file of a log; those of one log in their order.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is broken; what came before counts
     */
    void read(InputStream in) throws IOException {
        try (JsonParser json = FACTORY.createParser(in)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    event(json);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    /** Spark writes the kind of an event first. */
    private void event(JsonParser json) throws IOException {
        String kind = json.nextToken() == JsonToken.FIELD_NAME && json.nextToken() == JsonToken.VALUE_STRING
                ? json.getText()
                : "";
        begun |= kind.startsWith(PREFIX);
        switch (kind.startsWith(PREFIX) ? kind.substring(PREFIX.length()) : "") {
            case "TaskEnd" -> {
                long[] values = TaskEnd.slots();
                TaskEnd.FIELDS.readFields(json, values);
                add(new TaskEnd(values));
            }
            case "StageCompleted" -> {
                long[] values = new long[SECOND + 1];
                STAGE.readFields(json, values);
                close(new TaskEnd.Stage((int) values[FIRST], (int) values[SECOND]));
            }
            case "ExecutorAdded" -> {
                executors++;
                skip(json);
            }
            case "ApplicationEnd" -> {
                long[] values = new long[SECOND];
                TIMESTAMP.readFields(json, values);
                last = Math.max(last, values[FIRST]);
                ended = true;
            }
            default -> skip(json);
        }
    }

    /** To the end of the event. */
    private static void skip(JsonParser json) throws IOException {
        for (JsonToken token = json.currentToken();
                token != JsonToken.END_OBJECT && token != null;
                token = json.nextToken()) {
            json.skipChildren();
        }
    }

    private void add(TaskEnd task) {
        tasks += task.isSuccess() ? 1 : 0;
        failedTasks += task.isFailure() || task.isRepeated() ? 1 : 0;
        taskMillis += task.millis();
        peakHeap = Math.max(peakHeap, task.heap());
        last = Math.max(last, task.finished());
        if (task.isRepeated()) {
            return;
        }
        gcMillis += task.gcMillis();
        data = data.plus(
                new StageData(task.input(), task.output(), task.shuffleRead(), task.shuffleWritten(), task.spilled()));
        if (task.isSuccess()) {
            open.computeIfAbsent(task.stage(), stage -> new TaskDurations()).add(task.millis());
        }
        if (open.size() > MOST_OPEN_STAGES) {
            close(open.keySet().iterator().next());
        }
    }

    private void close(TaskEnd.Stage stage) {
        TaskDurations durations = open.remove(stage);
        if (durations != null) {
            TaskTimes times = durations.times(stage.id());
            skew = skew == null || times.longest() - times.median() > skew.longest() - skew.median() ? times : skew;
        }
    }

    /** Whether there was an event of Spark. */
    boolean hasBegun() {
        return begun;
    }

    /** What has been read so far. */
    EventLogFigures figures() {
        open.keySet().stream().toList().forEach(this::close);
        ExecutorTotals totals = new ExecutorTotals(
                Instant.ofEpochMilli(last),
                executors,
                tasks,
                failedTasks,
                taskMillis,
                gcMillis,
                data.input(),
                data.shuffleRead(),
                data.shuffleWrite(),
                peakHeap);
        return new EventLogFigures(totals, new StageHistory.Totals(data, skew), ended);
    }
}
