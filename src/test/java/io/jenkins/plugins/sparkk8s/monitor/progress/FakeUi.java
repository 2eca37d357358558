package io.jenkins.plugins.sparkk8s.monitor.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The REST API of a driver, whose jobs and stages a test advances and which can be set to fail. */
final class FakeUi implements UiSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> requests = new ArrayList<>();
    private final ArrayNode jobs = JSON.createArrayNode();
    private final ArrayNode stages = JSON.createArrayNode();
    private final ArrayNode endedStages = JSON.createArrayNode();
    private final ArrayNode tasks = JSON.createArrayNode();
    private final ArrayNode executors = JSON.createArrayNode();
    private UiAnswer failure;
    private boolean hangs;

    @Override
    public CompletableFuture<UiAnswer> read(String path) {
        requests.add(path);
        if (hangs) {
            return new CompletableFuture<>();
        }
        return CompletableFuture.completedFuture(failure == null ? answer(path) : failure);
    }

    private UiAnswer answer(String path) {
        if (path.startsWith("jobs")) {
            return new UiAnswer.Content(jobs.deepCopy());
        } else if (path.startsWith("stages?")) {
            return new UiAnswer.Content(stages.deepCopy());
        } else if (path.startsWith("allexecutors")) {
            return new UiAnswer.Content(executors.deepCopy());
        } else if (path.contains("/taskList?")) {
            return new UiAnswer.Content(tasks.deepCopy());
        }
        int id = Integer.parseInt(path.split("/")[1]);
        return Stream.of(endedStages, stages)
                .flatMap(known -> StreamSupport.stream(known.spliterator(), false))
                .filter(stage -> stage.get("stageId").asInt() == id)
                .findFirst()
                .<UiAnswer>map(stage -> new UiAnswer.Content(stage.deepCopy()))
                .orElse(new UiAnswer.Unavailable("status 404"));
    }

    void fail(UiAnswer answer) {
        failure = answer;
    }

    void recover() {
        failure = null;
    }

    /** No read from now on is answered. */
    void hang() {
        hangs = true;
    }

    /** A job of one stage, whose number is 100 more. */
    void job(int id, String name, int done, int total) {
        stage(100 + id, done, total);
        remove(jobs, "jobId", id);
        ObjectNode job = parse("""
                {"jobId":3,"name":"reduce at StageApp.java:30","submissionTime":"2026-11-27T03:05:19.266GMT",
                 "stageIds":[6,7],"status":"RUNNING","numTasks":120,"numActiveTasks":2,"numCompletedTasks":0,
                 "numSkippedTasks":0,"numFailedTasks":0,"numCompletedStages":1,"numSkippedStages":0}""");
        jobs.add(job.put("jobId", id)
                .put("name", name)
                .put("numCompletedTasks", done)
                .put("numTasks", total));
    }

    void stage(int id, int done, int total) {
        remove(stages, "stageId", id);
        stages.add(stageData(id, done, total, "ACTIVE"));
    }

    /** All but one task of a running stage are done, half of them in so many milliseconds; that one runs since then. */
    void straggler(int id, int total, long median, String launched) {
        remove(stages, "stageId", id);
        remove(endedStages, "stageId", id);
        ObjectNode stage = stageData(id, total - 1, total, "ACTIVE").put("numActiveTasks", 1);
        stages.add(stage);
        ObjectNode described = stage.deepCopy();
        described.set("taskMetricsDistributions", parse("{\"duration\":[1.0,1.0,%d.0,2.0,3000.0]}".formatted(median)));
        endedStages.add(described);
        tasks.removeAll();
        tasks.add(parse("{\"taskId\":7,\"status\":\"RUNNING\"}").put("launchTime", launched));
    }

    void endStage(int id, String status, int done, int total, String failure) {
        remove(stages, "stageId", id);
        ObjectNode ended = stageData(id, done, total, status)
                .put("completionTime", "2026-11-27T03:06:19.266GMT")
                .put("failureReason", failure);
        endedStages.add(ended);
    }

    /** It answers 404 for this stage from now on. */
    void forgetStage(int id) {
        remove(stages, "stageId", id);
        remove(endedStages, "stageId", id);
    }

    void endJobs() {
        jobs.removeAll();
    }

    void executor(String id, long tasks, long failed, long millis, long gcMillis) {
        ObjectNode executor = parse("""
                {"id":"1","isActive":true,"totalInputBytes":1048576,"totalShuffleRead":207900,
                 "totalShuffleWrite":225149,"peakMemoryMetrics":{"JVMHeapMemory":285215216}}""");
        executors.add(executor.put("id", id)
                .put("completedTasks", tasks)
                .put("failedTasks", failed)
                .put("totalDuration", millis)
                .put("totalGCTime", gcMillis));
    }

    private static ObjectNode stageData(int id, int done, int total, String status) {
        ObjectNode stage = parse("""
                {"attemptId":0,"numActiveTasks":2,"numFailedTasks":1,"submissionTime":"2026-11-27T03:05:19.266GMT",
                 "inputBytes":1048576,"outputBytes":0,"shuffleReadBytes":0,"shuffleWriteBytes":2048,
                 "diskBytesSpilled":0,"name":"map at StageApp.java:21","details":"a stack trace"}""");
        return stage.put("stageId", id)
                .put("status", status)
                .put("numTasks", total)
                .put("numCompleteTasks", done);
    }

    private static void remove(ArrayNode items, String field, int id) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).get(field).asInt() == id) {
                items.remove(i);
            }
        }
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
