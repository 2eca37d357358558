package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.List;

/**
 * The options of a list or watch that its selectors do not need.
 *
 * @param limit the most objects of one page, 0 for all
 * @param resourceVersion empty when not given
 * @param match how the version is meant: {@code Exact}, {@code NotOlderThan} or empty
 * @param initialEvents whether a watch is to send what exists, with a mark at its end
 */
record ListOptions(int limit, String resourceVersion, String match, boolean initialEvents) {

    private static final List<String> MATCHES = List.of("", "Exact", "NotOlderThan");

    /**
     * Reads the options of a request.
     *
     * @throws ApiException 400 or 422
     */
    static ListOptions of(ApiRequest request, KubernetesVersion version) {
        String limit = request.query("limit");
        if (!limit.matches("-?[0-9]{0,9}")) {
            throw ApiException.badRequest("strconv.ParseInt: parsing \"" + limit + "\": invalid syntax");
        }
        String wanted = request.query("resourceVersion");
        String match = request.query("resourceVersionMatch");
        boolean initialEvents = request.flag("sendInitialEvents");
        if (initialEvents) {
            checkInitialEvents(match, version);
        } else if (!MATCHES.contains(match)) {
            throw invalid(FieldError.notSupported("resourceVersionMatch", match, "\"Exact\", \"NotOlderThan\", \"\""));
        } else if (!match.isEmpty() && (wanted.isEmpty() || match.equals("Exact") && wanted.equals("0"))) {
            throw invalid(FieldError.forbidden(
                    "resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }
        boolean page = !request.query("continue").isEmpty();
        if (page && !wanted.isEmpty() && !wanted.equals("0")) {
            throw ApiException.badRequest("specifying resource version is not allowed when using continue");
        }
        return new ListOptions(
                limit.isEmpty() || limit.equals("-") ? 0 : Math.max(0, Integer.parseInt(limit)),
                wanted,
                match,
                initialEvents);
    }

    private static void checkInitialEvents(String match, KubernetesVersion version) {
        if (!version.initialEventsOfAWatch()) {
            throw invalid(FieldError.forbidden(
                    "sendInitialEvents",
                    "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled"));
        }
        if (!match.equals("NotOlderThan")) {
            throw invalid(FieldError.forbidden(
                    "resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
    }

    private static ApiException invalid(FieldError error) {
        return ApiException.invalid("meta.k8s.io", "ListOptions", "", List.of(error));
    }

    /**
     * The version of which a list or an object is to be, at least.
     *
     * @return the server's version when none is asked for
     * @throws ApiException 400 for what is no version, 504 for one that is yet to come
     */
    long version(long current) {
        if (resourceVersion.isEmpty() || resourceVersion.equals("0")) {
            return current;
        }
        if (!isNumber()) {
            throw ApiException.badRequest("invalid resource version: " + notANumber());
        }
        long version = Long.parseLong(resourceVersion);
        if (version > current) {
            throw new ApiException(
                            504, "Timeout", "Timeout: Too large resource version: " + version + ", current: " + current)
                    .cause("ResourceVersionTooLarge", "Too large resource version", "")
                    .retryAfter(1);
        }
        return match.equals("Exact") ? version : current;
    }

    /**
     * Where a watch begins: empty for all that exists.
     *
     * @throws ApiException 500 for what is no version, as a real server answers
     */
    String watchFrom() {
        if (initialEvents) {
            return "";
        }
        if (!isNumber() && !resourceVersion.isEmpty()) {
            throw new ApiException(500, "", notANumber());
        }
        return resourceVersion;
    }

    private boolean isNumber() {
        return resourceVersion.matches("[0-9]{1,18}");
    }

    private String notANumber() {
        return "resourceVersion: Invalid value: \"" + resourceVersion + "\": strconv.ParseUint: parsing \""
                + resourceVersion + "\": invalid syntax";
    }
}
