package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the server pretends to be.
 *
 * @param getMillis answer time of a request for one pod, by its name
 * @param listMillis answer time of other lists
 * @param logMillis answer time of a log
 * @param isChatty whether each driver writes a line a second
 * @param hungLogs of how many drivers the log is never answered
 */
record ServerSettings(
        int applications, int executors, int getMillis, int listMillis, int logMillis, boolean isChatty, int hungLogs) {

    static ServerSettings of(String... arguments) {
        int[] numbers = Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
        return new ServerSettings(
                numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5] == 1, numbers[6]);
    }

    /** The opposite of {@link #of}. */
    List<String> arguments() {
        return Stream.of(applications, executors, getMillis, listMillis, logMillis, isChatty ? 1 : 0, hungLogs)
                .map(String::valueOf)
                .toList();
    }
}
