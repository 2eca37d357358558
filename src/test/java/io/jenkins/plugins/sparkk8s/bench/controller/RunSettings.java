package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.List;
import java.util.stream.Stream;

/**
 * One run of one number of applications.
 *
 * @param executors of each application
 * @param seconds for which it is measured idle, and again with changes
 * @param rate changes of pods in a second
 * @param outageSeconds 0 for no outage
 */
record RunSettings(int applications, int executors, int seconds, int rate, int outageSeconds, Scenario scenario) {

    static RunSettings of(String... arguments) {
        int[] numbers = Stream.of(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        Scenario scenario = new Scenario(arguments[0], numbers[0] == 1, numbers[1], numbers[2]);
        return new RunSettings(numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], scenario);
    }

    /** The opposite of {@link #of}. */
    List<String> arguments() {
        return Stream.of(
                        scenario.answers(),
                        scenario.isChatty() ? 1 : 0,
                        scenario.hungLogs(),
                        scenario.silent(),
                        applications,
                        executors,
                        seconds,
                        rate,
                        outageSeconds)
                .map(String::valueOf)
                .toList();
    }
}
