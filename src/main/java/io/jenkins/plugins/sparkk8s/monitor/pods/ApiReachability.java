package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One line when the API server stops answering and one when it is back, however often it is asked in between.
 *
 * <p>A single failure is no news. Not thread-safe: used by tasks of the application's mailbox.
 */
public final class ApiReachability {
    private static final int TOO_MANY_REQUESTS = 429;

    private final EventLines lines;
    private final Clock clock;
    private int failures;
    private Instant since;

    public ApiReachability(EventLines lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    public void answered() {
        if (failures > 1) {
            lines.spark(
                    "the API server answers again after " + Durations.format(Duration.between(since, clock.instant())));
        }
        failures = 0;
    }

    public void failed(RuntimeException e) {
        failures++;
        if (failures == 1) {
            since = clock.instant();
        } else if (failures == 2) {
            lines.spark(describe(e));
        }
    }

    private static String describe(RuntimeException e) {
        int code = e instanceof KubernetesClientException answer ? answer.getCode() : 0;
        boolean refused = code >= HttpURLConnection.HTTP_BAD_REQUEST
                && code < HttpURLConnection.HTTP_INTERNAL_ERROR
                && code != TOO_MANY_REQUESTS;
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return "the API server does not accept the credentials (%s); retrying, renew them"
                    .formatted(ApiFailure.describe(e));
        }
        return refused
                ? "the API server refuses access to the driver pod (%s); retrying, check the permission to list pods"
                        .formatted(ApiFailure.describe(e))
                : "the API server cannot be reached (%s); retrying, the application may keep running"
                        .formatted(ApiFailure.describe(e));
    }
}
