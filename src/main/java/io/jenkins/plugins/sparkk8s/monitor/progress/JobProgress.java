package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.time.Instant;

/**
 * A Spark job that runs.
 *
 * @param id number of the job in its application
 * @param name the job's description, else the call that started it; printable and masked
 * @param tasks of all its stages
 * @param stagesDone stages that ended well
 * @param stages stages to do, those that Spark skips left out
 * @param submitted when it began; null when not known
 */
public record JobProgress(int id, String name, TaskCounts tasks, int stagesDone, int stages, Instant submitted) {}
