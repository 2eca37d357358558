package io.jenkins.plugins.sparkk8s.jenkins.queue;

import io.jenkins.plugins.sparkk8s.jenkins.record.QueuePlace;
import java.time.Instant;
import java.util.Optional;

/** An application in a queue. Guarded by the queue. */
final class QueueTicket {
    private final String id;
    private final long number;
    private final boolean isNew;
    private QueuedUse use;

    /** Null until its first round. */
    private QueuePlace place;

    // Null until it waits.
    private ApplicationQueue.Waiter waiter;
    private Instant noticed;

    /** The position that its waiter knows. */
    private int known;

    /** Of an application that this controller has begun. */
    QueueTicket(String id, long number, QueuedUse use) {
        this(id, number, use, true);
    }

    private QueueTicket(String id, long number, QueuedUse use, boolean isNew) {
        this.id = id;
        this.number = number;
        this.use = use;
        this.isNew = isNew;
    }

    /** Of an application that an earlier controller has begun, and whose build may not have resumed yet. */
    static QueueTicket recovered(String id, long number, QueuedUse use) {
        return new QueueTicket(id, number, use, false);
    }

    String id() {
        return id;
    }

    long number() {
        return number;
    }

    QueuedUse use() {
        return use;
    }

    void moved(String from, String to) {
        use = use.moved(from, to);
    }

    /** Whether this controller has begun it. */
    boolean isNew() {
        return isNew;
    }

    boolean isAwaited() {
        return waiter != null;
    }

    void await(ApplicationQueue.Waiter notified, Instant now) {
        waiter = notified;
        noticed = now;
        known = place == null ? 0 : place.position();
    }

    void place(QueuePlace now) {
        place = now;
    }

    QueuePlace place() {
        return place;
    }

    /** To be run without a lock. */
    Optional<Runnable> admitted() {
        ApplicationQueue.Waiter notified = waiter;
        return notified == null ? Optional.empty() : Optional.of(notified::admitted);
    }

    /** To be run without a lock; empty when the position is known, or the last notice is later than that. */
    Optional<Runnable> notice(Instant last, Instant now) {
        if (waiter == null || known == place.position() || noticed.isAfter(last)) {
            return Optional.empty();
        }
        noticed = now;
        known = place.position();
        ApplicationQueue.Waiter notified = waiter;
        QueuePlace reached = place;
        return Optional.of(() -> notified.moved(reached));
    }
}
