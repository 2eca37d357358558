package io.jenkins.plugins.sparkk8s.monitor.progress;

/**
 * What the tasks of a stage have done with their data, in bytes.
 *
 * @param input read from storage
 * @param output written to storage
 * @param shuffleRead read from other stages
 * @param shuffleWrite written for other stages
 * @param spilled written to disks since the memory of executors was too small
 */
public record StageData(long input, long output, long shuffleRead, long shuffleWrite, long spilled) {
    public static final StageData NONE = new StageData(0, 0, 0, 0, 0);

    public StageData plus(StageData other) {
        return new StageData(
                input + other.input,
                output + other.output,
                shuffleRead + other.shuffleRead,
                shuffleWrite + other.shuffleWrite,
                spilled + other.spilled);
    }
}
