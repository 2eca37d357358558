package io.jenkins.plugins.sparkk8s.monitor.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Bounds how many logs of one cluster are read at a time, apart from all other requests; the others wait in line. A read
 * that has no answer yet for {@link #markStalled a while} no longer counts, or a node that is silent would hold up the logs of
 * all others; of those there is a bound, too. Thread-safe; shared by all applications of a process.
 */
public final class LogRequests {
    /** Each may cost a thread of the client while bytes come, and a connection. */
    private static final int MOST = 64;

    private static final int MOST_STALLED = 64;

    private final Map<String, Line> clusters = new HashMap<>();

    /** The reads of one cluster. */
    private static final class Line {
        private final Queue<Place> waiting = new ArrayDeque<>();
        private int reading;
        private int stalled;

        boolean isEmpty() {
            return reading == 0 && stalled == 0 && waiting.isEmpty();
        }
    }

    private enum State {
        WAITING,
        READING,
        STALLED,
        OVER
    }

    /** One read's place in the line. */
    static final class Place {
        private final String cluster;
        private final Runnable start;
        private State state = State.WAITING;

        private Place(String cluster, Runnable start) {
            this.cluster = cluster;
            this.start = start;
        }
    }

    /**
     * @param cluster reads of the same one are counted together
     * @param start begins the read and returns at once; called as soon as there is room, by this or another thread
     */
    Place enter(String cluster, Runnable start) {
        Place place = new Place(cluster, start);
        synchronized (this) {
            clusters.computeIfAbsent(cluster, name -> new Line()).waiting.add(place);
        }
        startWaiting(cluster);
        return place;
    }

    /** The read has had no answer for a while. */
    void markStalled(Place place) {
        synchronized (this) {
            Line line = clusters.get(place.cluster);
            if (place.state != State.READING || line.stalled == MOST_STALLED) {
                return;
            }
            place.state = State.STALLED;
            line.reading--;
            line.stalled++;
        }
        startWaiting(place.cluster);
    }

    /** The read is over, or is no longer wanted; further calls change nothing. */
    void leave(Place place) {
        synchronized (this) {
            Line line = clusters.get(place.cluster);
            switch (place.state) {
                case WAITING -> line.waiting.remove(place);
                case READING -> line.reading--;
                case STALLED -> line.stalled--;
                case OVER -> {
                    return;
                }
            }
            place.state = State.OVER;
            if (line.isEmpty()) {
                clusters.remove(place.cluster);
            }
        }
        startWaiting(place.cluster);
    }

    /** Whether others wait. */
    synchronized boolean isCrowded(Place place) {
        Line line = clusters.get(place.cluster);
        return line != null && !line.waiting.isEmpty();
    }

    private void startWaiting(String cluster) {
        for (Place next = next(cluster); next != null; next = next(cluster)) {
            next.start.run();
        }
    }

    private synchronized Place next(String cluster) {
        Line line = clusters.get(cluster);
        if (line == null || line.reading == MOST || line.waiting.isEmpty()) {
            return null;
        }
        Place next = line.waiting.remove();
        next.state = State.READING;
        line.reading++;
        return next;
    }
}
