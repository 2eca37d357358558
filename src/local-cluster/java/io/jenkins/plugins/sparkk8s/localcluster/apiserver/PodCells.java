package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The cells of a pod: what people look at to see how it is doing. */
final class PodCells {

    private PodCells() {}

    static String ready(JsonNode pod) {
        long ready =
                statuses(pod).stream().filter(c -> c.path("ready").asBoolean()).count();
        return ready + "/" + pod.path("spec").path("containers").size();
    }

    static String restarts(JsonNode pod) {
        return String.valueOf(statuses(pod).stream()
                .mapToInt(c -> c.path("restartCount").asInt())
                .sum());
    }

    /** The phase, or what is more specific than the phase. */
    static String status(JsonNode pod) {
        String phase = Json.text(pod, "status", "phase");
        String reason = Json.text(pod, "status", "reason");
        String status = reason.isEmpty() ? phase : reason;
        boolean running = false;
        for (JsonNode container : statuses(pod)) {
            String waiting = Json.text(container, "state", "waiting", "reason");
            if (!waiting.isEmpty()) {
                status = waiting;
            } else if (container.path("state").has("terminated")) {
                status = terminated(container.path("state").path("terminated"));
            } else if (container.path("state").has("running")) {
                running = true;
            }
        }
        if (running && status.equals("Completed")) {
            status = "Running";
        }
        if (pod.path("metadata").has("deletionTimestamp")) {
            return reason.equals("NodeLost") ? "Unknown" : "Terminating";
        }
        return status;
    }

    private static String terminated(JsonNode terminated) {
        String reason = Json.text(terminated, "reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        int signal = terminated.path("signal").asInt();
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + Json.text(terminated, "exitCode");
    }

    private static List<JsonNode> statuses(JsonNode pod) {
        return Json.list(pod, "status", "containerStatuses");
    }
}
