package io.jenkins.plugins.sparkk8s.monitor.log;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many logs of one cluster are read at a time and how many reads begin in a second, apart from all other requests; the
 * others wait in line. Short reads and long ones have a line each, so that a few drivers that write much do not hold up the many
 * that write little. A read that has no answer yet for {@link #markStalled a while} no longer counts, or a node that is silent
 * would hold up the logs of all others; of those there is a bound, too. Thread-safe; shared by all applications of a process.
 */
public final class LogRequests {
    /** Each costs a thread of the client while it is under way, and a connection. */
    private static final int MOST = 16;

    private static final int MOST_STALLED = 32;

    /** What a read costs. */
    enum Kind {
        /** A bounded number of bytes. */
        SHORT,
        /** All there is, and what comes while it lasts. */
        LONG
    }

    private enum State {
        WAITING,
        READING,
        STALLED,
        OVER
    }

    private final Map<String, Cluster> clusters = new HashMap<>();

    /** The reads of one cluster. */
    private static final class Cluster {
        private final Map<Kind, Queue<Place>> waiting = new EnumMap<>(Kind.class);
        private final Map<Kind, Integer> reading = new EnumMap<>(Kind.class);
        private final ReadPace pace = new ReadPace();
        private int stalled;
        private int places;

        Cluster() {
            for (Kind kind : Kind.values()) {
                waiting.put(kind, new ArrayDeque<>());
                reading.put(kind, 0);
            }
        }

        void count(Kind kind, int change) {
            reading.merge(kind, change, Integer::sum);
        }
    }

    /** One read's place in the line. */
    static final class Place {
        private final String cluster;
        private final Kind kind;
        private final Runnable start;
        private State state = State.WAITING;

        private Place(String cluster, Kind kind, Runnable start) {
            this.cluster = cluster;
            this.kind = kind;
            this.start = start;
        }
    }

    /**
     * @param cluster reads of the same one are counted together
     * @param start begins the read and returns at once; called as soon as there is room, by this or another thread
     */
    Place enter(String cluster, Kind kind, Runnable start) {
        Place place = new Place(cluster, kind, start);
        long delay;
        synchronized (this) {
            Cluster all = clusters.computeIfAbsent(cluster, name -> new Cluster());
            all.places++;
            delay = all.pace.delayNanos(System.nanoTime());
        }
        if (delay == 0) {
            queue(place);
        } else {
            CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> queue(place));
        }
        return place;
    }

    private void queue(Place place) {
        synchronized (this) {
            if (place.state == State.WAITING) {
                clusters.get(place.cluster).waiting.get(place.kind).add(place);
            }
        }
        startWaiting(place.cluster, place.kind);
    }

    /** The read has had no answer for a while. */
    void markStalled(Place place) {
        synchronized (this) {
            Cluster cluster = clusters.get(place.cluster);
            if (place.state != State.READING || cluster.stalled == MOST_STALLED) {
                return;
            }
            place.state = State.STALLED;
            cluster.count(place.kind, -1);
            cluster.stalled++;
        }
        startWaiting(place.cluster, place.kind);
    }

    /** The read is over, or is no longer wanted; further calls change nothing. */
    void leave(Place place) {
        synchronized (this) {
            if (place.state == State.OVER) {
                return;
            }
            Cluster cluster = clusters.get(place.cluster);
            switch (place.state) {
                case READING -> cluster.count(place.kind, -1);
                case STALLED -> cluster.stalled--;
                default -> cluster.waiting.get(place.kind).remove(place);
            }
            place.state = State.OVER;
            cluster.places--;
            if (cluster.places == 0) {
                clusters.remove(place.cluster);
            }
        }
        startWaiting(place.cluster, place.kind);
    }

    /** Whether others of its kind wait. */
    synchronized boolean isCrowded(Place place) {
        Cluster cluster = clusters.get(place.cluster);
        return cluster != null && !cluster.waiting.get(place.kind).isEmpty();
    }

    private void startWaiting(String cluster, Kind kind) {
        for (Place next = next(cluster, kind); next != null; next = next(cluster, kind)) {
            next.start.run();
        }
    }

    private synchronized Place next(String name, Kind kind) {
        Cluster cluster = clusters.get(name);
        if (cluster == null
                || cluster.reading.get(kind) == MOST
                || cluster.waiting.get(kind).isEmpty()) {
            return null;
        }
        Place next = cluster.waiting.get(kind).remove();
        next.state = State.READING;
        cluster.count(kind, 1);
        return next;
    }
}
