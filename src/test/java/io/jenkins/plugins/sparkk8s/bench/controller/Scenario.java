package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.List;

/**
 * Circumstances of a run.
 *
 * @param answers milliseconds for one pod, for a list and for a log, as in {@code 10/30/25}
 * @param isChatty whether each driver writes a line a second; else it has written some and is quiet
 * @param hungLogs of how many drivers the log is never answered
 * @param silent how many more applications are on a cluster that accepts connections and never answers
 */
record Scenario(String answers, boolean isChatty, int hungLogs, int silent) {
    private static final String FAST = "1/1/1";
    private static final String USUAL = "10/30/25";
    private static final int SOME = 20;

    static List<Scenario> all() {
        return List.of(
                new Scenario(FAST, false, 0, 0),
                new Scenario(FAST, true, 0, 0),
                new Scenario(USUAL, false, 0, 0),
                new Scenario(USUAL, true, 0, 0),
                new Scenario(USUAL, false, SOME, 0),
                new Scenario(USUAL, false, 0, SOME));
    }

    ServerSettings server(int applications, int executors) {
        String[] millis = answers.split("/");
        return ServerSettings.of(
                String.valueOf(applications),
                String.valueOf(executors),
                millis[0],
                millis[1],
                millis[2],
                isChatty ? "1" : "0",
                String.valueOf(hungLogs));
    }

    @Override
    public String toString() {
        return (isChatty ? "Chatty" : "Quiet") + ", answers in " + answers + " ms"
                + (hungLogs == 0 ? "" : ", %d logs hang".formatted(hungLogs))
                + (silent == 0 ? "" : ", %d more on a silent cluster".formatted(silent));
    }
}
