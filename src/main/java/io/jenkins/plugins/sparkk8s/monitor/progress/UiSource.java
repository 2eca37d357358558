package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.util.concurrent.CompletableFuture;

/** Reads the REST API of one driver. Thread-safe; waits for nothing. */
interface UiSource {

    /**
     * @param path below the application, with its query: {@code jobs?status=running}
     * @return completes on any thread, never with an error
     */
    CompletableFuture<UiAnswer> read(String path);
}
