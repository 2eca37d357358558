package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What of a log is asked for; the parameters of
 * <a href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/">pods/log</a>.
 *
 * @param tailLines number of last lines, or null for all
 * @param since time of the first line, or null
 * @param limitBytes most bytes to give, or null
 */
record LogQuery(
        boolean follow, boolean timestamps, boolean previous, Integer tailLines, Instant since, Long limitBytes) {

    /**
     * Reads the query of a request.
     *
     * @throws IllegalArgumentException when a value is malformed
     */
    static LogQuery of(URI request) {
        Map<String, String> values = new HashMap<>();
        String query = request.getRawQuery() == null ? "" : request.getRawQuery();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        Instant since = values.containsKey("sinceTime") ? Instant.parse(values.get("sinceTime")) : null;
        if (values.containsKey("sinceSeconds")) {
            since = Instant.now().minusSeconds(Long.parseLong(values.get("sinceSeconds")));
        }
        return new LogQuery(
                flag(values, "follow"),
                flag(values, "timestamps"),
                flag(values, "previous"),
                values.containsKey("tailLines") ? Integer.valueOf(values.get("tailLines")) : null,
                since,
                values.containsKey("limitBytes") ? Long.valueOf(values.get("limitBytes")) : null);
    }

    private static boolean flag(Map<String, String> values, String name) {
        String value = values.get(name);
        return value != null && (value.isEmpty() || value.equals("true") || value.equals("1"));
    }
}
