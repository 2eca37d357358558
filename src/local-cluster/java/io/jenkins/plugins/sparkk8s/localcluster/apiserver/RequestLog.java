package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, oldest first. */
final class RequestLog {

    private static final int LIMIT = 10_000;

    private final Deque<RequestRecord> records = new ArrayDeque<>();

    synchronized void add(RequestRecord entry) {
        records.addLast(entry);
        if (records.size() > LIMIT) {
            records.removeFirst();
        }
    }

    synchronized List<RequestRecord> all() {
        return List.copyOf(records);
    }

    synchronized void clear() {
        records.clear();
    }
}
