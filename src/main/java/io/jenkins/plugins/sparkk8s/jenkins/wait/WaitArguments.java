package io.jenkins.plugins.sparkk8s.jenkins.wait;

import java.time.Duration;

/**
 * What a build says of its wait.
 *
 * @param application id of the application; null when none was given
 * @param timeout how long it waits at most; null for no limit
 * @param timeoutText the same as it was given; null for no limit
 * @param abortKills whether an abort of the build, or its timeout, stops the application
 */
public record WaitArguments(String application, Duration timeout, String timeoutText, boolean abortKills) {}
