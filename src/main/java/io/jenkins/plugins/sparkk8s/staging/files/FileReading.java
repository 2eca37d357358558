package io.jenkins.plugins.sparkk8s.staging.files;

import java.util.concurrent.Executor;

/**
 * How large files are read.
 *
 * @param helpers threads that may read blocks beside the calling one; a task that is never run makes it slower and nothing else
 * @param progressed is called for each piece that was read, on any of these threads
 */
public record FileReading(Executor helpers, Runnable progressed) {}
