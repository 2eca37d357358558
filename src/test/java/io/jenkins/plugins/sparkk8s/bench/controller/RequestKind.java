package io.jenkins.plugins.sparkk8s.bench.controller;

/** What requests are counted by. */
enum RequestKind {
    DRIVER("for one pod by its name"),
    LIST("other lists of pods"),
    WATCH("watches"),
    LOG("logs"),
    PROGRESS("progress of jobs and stages"),
    OTHER("others");

    private final String text;

    RequestKind(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
