package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * How often API servers did not do what they were asked, since this controller runs; each try of a request counts. What an API
 * server answers in the ordinary course of things, such as "not found" and "conflict", is no error.
 */
public final class ApiErrorCounts {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    /** This code and those above it are failures. */
    static final int FAILED = 500;

    /** What went wrong. */
    public enum Kind {
        /** No connection, or no answer in time. */
        UNREACHABLE,
        /** 401 or 403: the credential is not accepted, or lacks a permission. */
        REFUSED,
        /** 429: too many requests at a time. */
        OVERLOADED,
        /** 500 or above. */
        FAILED;

        /** As pages and names of metrics have it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, Map<Kind, LongAdder>> servers = new ConcurrentHashMap<>();

    /** @param apiServer its URL */
    void status(String apiServer, int code) {
        if (code >= FAILED) {
            add(apiServer, Kind.FAILED);
        } else if (code == TOO_MANY) {
            add(apiServer, Kind.OVERLOADED);
        } else if (code == UNAUTHORIZED || code == FORBIDDEN) {
            add(apiServer, Kind.REFUSED);
        }
    }

    void unreachable(String apiServer) {
        add(apiServer, Kind.UNREACHABLE);
    }

    private void add(String apiServer, Kind kind) {
        servers.computeIfAbsent(apiServer, url -> new ConcurrentHashMap<>())
                .computeIfAbsent(kind, one -> new LongAdder())
                .increment();
    }

    /** All errors of the API server of a cluster, by {@link Kind#text}; clusters with the same URL have the same. */
    public Map<String, Long> of(SparkCluster cluster) {
        return Arrays.stream(Kind.values())
                .collect(Collectors.toMap(Kind::text, kind -> of(cluster, kind), Long::sum, TreeMap::new));
    }

    public long of(SparkCluster cluster, Kind kind) {
        String url = cluster.apiServer();
        LongAdder count =
                url == null ? null : servers.getOrDefault(url, Map.of()).get(kind);
        return count == null ? 0 : count.sum();
    }
}
