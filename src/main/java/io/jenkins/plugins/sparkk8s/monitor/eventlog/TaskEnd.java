package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventField.Count;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventField.Inner;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventField.Word;
import java.util.Map;

/**
 * The end of one attempt of a task, by the names of {@code JsonProtocol}. The same fields are in the logs of Spark 3.5 to 4.2.
 *
 * @param values in the slots below
 */
record TaskEnd(long[] values) {
    private static final int STAGE = 0;
    private static final int ATTEMPT = 1;
    private static final int REASON = 2;
    private static final int LAUNCH = 3;
    private static final int FINISH = 4;
    private static final int GC = 5;
    private static final int SPILLED = 6;
    private static final int REMOTE_READ = 7;
    private static final int LOCAL_READ = 8;
    private static final int SHUFFLE_WRITTEN = 9;
    private static final int INPUT = 10;
    private static final int OUTPUT = 11;
    private static final int HEAP = 12;
    private static final int SLOTS = 13;

    private static final int SUCCESS = 1;
    private static final int KILLED = 2;
    /** Its output is lost, and it runs once more; it has been counted before. */
    private static final int RESUBMITTED = 3;

    private static final int FAILURE = 4;

    static final Inner FIELDS = new Inner(Map.of(
            "Stage ID",
            new Count(STAGE),
            "Stage Attempt ID",
            new Count(ATTEMPT),
            "Task End Reason",
            new Inner(Map.of(
                    "Reason",
                    new Word(
                            REASON,
                            Map.of(
                                    "Success", SUCCESS,
                                    "TaskKilled", KILLED,
                                    "TaskCommitDenied", KILLED,
                                    "Resubmitted", RESUBMITTED),
                            FAILURE))),
            "Task Info",
            new Inner(Map.of("Launch Time", new Count(LAUNCH), "Finish Time", new Count(FINISH))),
            "Task Executor Metrics",
            new Inner(Map.of("JVMHeapMemory", new Count(HEAP))),
            "Task Metrics",
            new Inner(Map.of(
                    "JVM GC Time",
                    new Count(GC),
                    "Disk Bytes Spilled",
                    new Count(SPILLED),
                    "Shuffle Read Metrics",
                    new Inner(Map.of(
                            "Remote Bytes Read", new Count(REMOTE_READ), "Local Bytes Read", new Count(LOCAL_READ))),
                    "Shuffle Write Metrics",
                    new Inner(Map.of("Shuffle Bytes Written", new Count(SHUFFLE_WRITTEN))),
                    "Input Metrics",
                    new Inner(Map.of("Bytes Read", new Count(INPUT))),
                    "Output Metrics",
                    new Inner(Map.of("Bytes Written", new Count(OUTPUT)))))));

    static long[] slots() {
        return new long[SLOTS];
    }

    /** Numbers of its stage and of the attempt at it. */
    record Stage(int id, int attempt) {}

    Stage stage() {
        return new Stage((int) values[STAGE], (int) values[ATTEMPT]);
    }

    boolean isSuccess() {
        return values[REASON] == SUCCESS;
    }

    boolean isFailure() {
        return values[REASON] == FAILURE;
    }

    boolean isRepeated() {
        return values[REASON] == RESUBMITTED;
    }

    long finished() {
        return values[FINISH];
    }

    long millis() {
        return Math.max(0, values[FINISH] - values[LAUNCH]);
    }

    long gcMillis() {
        return values[GC];
    }

    long spilled() {
        return values[SPILLED];
    }

    long shuffleRead() {
        return values[REMOTE_READ] + values[LOCAL_READ];
    }

    long shuffleWritten() {
        return values[SHUFFLE_WRITTEN];
    }

    long input() {
        return values[INPUT];
    }

    long output() {
        return values[OUTPUT];
    }

    /** The largest that the executor's heap was while the task ran. */
    long heap() {
        return values[HEAP];
    }
}
