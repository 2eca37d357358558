package io.jenkins.plugins.sparkk8s.monitor.executors;

/**
 * The state of one executor pod: Spark's seven states ({@code ExecutorPodStates.scala}), immutable.
 *
 * <p>Pending, Running and Unknown can still change; the others are final.
 */
public sealed interface ExecutorPodState {

    PodFacts pod();

    record Pending(PodFacts pod) implements ExecutorPodState {}

    record Running(PodFacts pod) implements ExecutorPodState {}

    record Succeeded(PodFacts pod) implements ExecutorPodState {}

    record Failed(PodFacts pod) implements ExecutorPodState {}

    record Deleted(PodFacts pod) implements ExecutorPodState {}

    record Terminating(PodFacts pod) implements ExecutorPodState {}

    /** The pod has no phase yet, or one that neither Spark nor we know. */
    record Unknown(PodFacts pod) implements ExecutorPodState {}

    /** The state's name as shown to users. */
    default String label() {
        return getClass().getSimpleName();
    }

    default boolean isFinal() {
        return !(this instanceof Pending || this instanceof Running || this instanceof Unknown);
    }

    /**
     * Whether the executor ended badly by itself, and not because its pod was deleted. Spark counts such ends for
     * {@code spark.executor.maxNumFailures}.
     */
    default boolean isFailure() {
        if (pod().removalRequested()) {
            return false;
        }
        boolean crashed = pod().exitCode() != null && pod().exitCode() != 0;
        return this instanceof Failed || this instanceof Deleted && crashed;
    }
}
