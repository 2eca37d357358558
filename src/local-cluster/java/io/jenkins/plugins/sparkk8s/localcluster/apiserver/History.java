package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last changes of one resource: what a watch can begin from. Guarded by the store's lock. */
final class History {

    private final int limit;
    private final Deque<StoreEvent> events = new ArrayDeque<>();
    private long droppedUpTo;

    History(int limit) {
        this.limit = limit;
    }

    void add(StoreEvent event) {
        events.addLast(event);
        if (events.size() > limit) {
            droppedUpTo = events.removeFirst().version();
        }
    }

    /** The newest version whose change is no longer known; a watch must begin at it or later. */
    long droppedUpTo() {
        return droppedUpTo;
    }

    List<StoreEvent> since(long version) {
        List<StoreEvent> later = new ArrayList<>();
        events.stream().filter(e -> e.version() > version).forEach(later::add);
        return later;
    }

    Iterator<StoreEvent> newestFirst() {
        return events.descendingIterator();
    }

    void forget(long upTo) {
        events.clear();
        droppedUpTo = upTo;
    }
}
