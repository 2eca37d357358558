package io.jenkins.plugins.sparkk8s.jenkins.record;

/**
 * The place of an application in a queue.
 *
 * @param position 1 for the next, among those that wait for the same reason
 * @param reason what it waits for, as part of a sentence
 */
public record QueuePlace(int position, String reason) {
    @Override
    public String toString() {
        return "position %d: %s".formatted(position, reason);
    }
}
