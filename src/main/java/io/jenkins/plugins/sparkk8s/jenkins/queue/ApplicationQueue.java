package io.jenkins.plugins.sparkk8s.jenkins.queue;

import io.jenkins.plugins.sparkk8s.jenkins.record.QueuePlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Which applications may run: as many at a time as the limits of their clusters allow, in the order in which they came. An
 * application that only the limit of its job holds up lets others pass.
 *
 * <p>An application counts from its admission to its end, whether a build waits for it or not. All is in memory; what the next
 * controller needs is a {@link QueueEntry} for each. Nothing here waits: each change decides at once who is next, and costs as
 * much as there are applications. Thread-safe; waiters are notified without a lock.
 */
public final class ApplicationQueue {
    /** For so long the applications of an earlier controller keep their places, until their builds have resumed. */
    static final Duration RESUME_TIME = Duration.ofMinutes(5);

    /** How often an application is notified of a better place at most. */
    static final Duration NOTICE_INTERVAL = Duration.ofMinutes(10);

    /** The application that waits; must return at once. */
    public interface Waiter {
        /** It may run now, and counts. */
        void admitted();

        /** Its place is another one. */
        void moved(QueuePlace place);
    }

    private final Supplier<QueueLimits> limits;
    private final Supplier<Map<String, QueueEntry>> earlier;
    private final Clock clock;

    // Guarded by this.
    private final Map<String, QueuedUse> running = new HashMap<>();
    private final TreeMap<Long, QueueTicket> waiting = new TreeMap<>();
    private final Map<String, QueueTicket> tickets = new HashMap<>();
    private long lastNumber;
    private Instant resumeUntil;

    /**
     * @param limits as configured now
     * @param earlier the applications that an earlier controller left; asked once, by the first that enters
     */
    public ApplicationQueue(Supplier<QueueLimits> limits, Supplier<Map<String, QueueEntry>> earlier, Clock clock) {
        this.limits = limits;
        this.earlier = earlier;
        this.clock = clock;
    }

    /**
     * A new application comes.
     *
     * @return its number, which is its place among all that ever queued; empty when it may run at once
     */
    public OptionalLong enter(String id, QueuedUse use) {
        synchronized (this) {
            recover();
            lastNumber = Math.max(lastNumber + 1, clock.millis());
            queue(new QueueTicket(id, lastNumber, use));
        }
        admit();
        synchronized (this) {
            QueueTicket ticket = tickets.get(id);
            return ticket == null ? OptionalLong.empty() : OptionalLong.of(ticket.number());
        }
    }

    /** The waiter is notified from now on; at once when its application may run. */
    public void await(String id, QueuedUse use, Waiter waiter) {
        boolean isAdmitted;
        synchronized (this) {
            recover();
            QueueTicket ticket = tickets.get(id);
            isAdmitted = ticket == null;
            if (isAdmitted) {
                running.put(id, use);
            } else {
                ticket.await(waiter, clock.instant());
            }
        }
        if (isAdmitted) {
            waiter.admitted();
        } else {
            admit();
        }
    }

    /** It runs, as an earlier controller, or an earlier version, has admitted it. */
    public synchronized void hold(String id, QueuedUse use) {
        recover();
        forget(id);
        running.put(id, use);
    }

    /** It has ended, or will never run. Does nothing for one that left before. */
    public void leave(String id) {
        boolean left;
        synchronized (this) {
            left = forget(id);
        }
        if (left) {
            admit();
        }
    }

    private boolean forget(String id) {
        QueueTicket ticket = tickets.remove(id);
        if (ticket != null) {
            waiting.remove(ticket.number());
        }
        return running.remove(id) != null || ticket != null;
    }

    /** Those that are not open any more leave. */
    public void retain(Predicate<String> isOpen) {
        List<String> gone = new ArrayList<>();
        synchronized (this) {
            running.keySet().stream().filter(isOpen.negate()).forEach(gone::add);
            tickets.keySet().stream().filter(isOpen.negate()).forEach(gone::add);
        }
        gone.forEach(this::leave);
    }

    /** A job, or a folder with all its jobs, has another full name. */
    public synchronized void moved(String from, String to) {
        running.replaceAll((id, use) -> use.moved(from, to));
        waiting.values().forEach(ticket -> ticket.moved(from, to));
    }

    /** Where it waits; empty when it does not, or no longer. */
    public Optional<QueuePlace> place(String id) {
        synchronized (this) {
            recover();
            QueueTicket ticket = tickets.get(id);
            if (ticket == null || ticket.place() != null) {
                return Optional.ofNullable(ticket).map(QueueTicket::place);
            }
        }
        admit();
        synchronized (this) {
            return Optional.ofNullable(tickets.get(id)).map(QueueTicket::place);
        }
    }

    /** How many run by cluster, and how many wait. */
    public synchronized QueueCounts counts() {
        QueueCounts counts = new QueueCounts();
        running.values().forEach(counts::addRunning);
        waiting.values().forEach(ticket -> counts.addQueued(ticket.use()));
        return counts;
    }

    /** Admits those whose turn it is: after a change of the limits, and when the time of {@link #RESUME_TIME} is over. */
    public void admit() {
        List<Runnable> notices = new ArrayList<>();
        synchronized (this) {
            if (waiting.isEmpty()) {
                return;
            }
            admit(notices);
        }
        notices.forEach(Runnable::run);
    }

    private void admit(List<Runnable> notices) {
        Instant now = clock.instant();
        QueueRound round = new QueueRound(limits.get(), running.values());
        for (QueueTicket ticket : new ArrayList<>(waiting.values())) {
            if (!ticket.isAwaited() && isResumed(ticket, now)) {
                round.skip(ticket);
            } else if (!round.mayRun(ticket)) {
                ticket.notice(now.minus(NOTICE_INTERVAL), now).ifPresent(notices::add);
            } else if (ticket.isAwaited() || ticket.isNew()) {
                forget(ticket.id());
                running.put(ticket.id(), ticket.use());
                ticket.admitted().ifPresent(notices::add);
            } else {
                round.skip(ticket);
            }
        }
    }

    /** Whether its build has had the time to come back. */
    private boolean isResumed(QueueTicket ticket, Instant now) {
        return !ticket.isNew() && resumeUntil != null && now.isAfter(resumeUntil);
    }

    private void queue(QueueTicket ticket) {
        waiting.put(ticket.number(), ticket);
        tickets.put(ticket.id(), ticket);
    }

    private void recover() {
        if (resumeUntil != null) {
            return;
        }
        resumeUntil = clock.instant().plus(RESUME_TIME);
        for (Map.Entry<String, QueueEntry> application : earlier.get().entrySet()) {
            recover(application.getKey(), application.getValue());
        }
    }

    private void recover(String id, QueueEntry entry) {
        if (running.containsKey(id) || tickets.containsKey(id)) {
            return;
        }
        if (entry.number() == null) {
            running.put(id, entry.use());
        } else {
            lastNumber = Math.max(lastNumber, entry.number());
            queue(QueueTicket.recovered(id, entry.number(), entry.use()));
        }
    }
}
