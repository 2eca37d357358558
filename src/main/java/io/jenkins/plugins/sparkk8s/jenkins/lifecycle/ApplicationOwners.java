package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Who works on which record: one at a time, whether a build waits for the application or not. */
public final class ApplicationOwners {
    /** A life cycle, which works on one record; all methods return at once. */
    public interface Owner {
        /** Stops the application. */
        void abort(Throwable cause);

        /** The build waits for nothing any more. */
        void buildEnded(Run<?, ?> run);

        /** The controller shuts down. */
        void detach();

        /** Null until it is begun, or found after a restart. */
        ApplicationRecord record();
    }

    private final Map<String, Object> owners = new ConcurrentHashMap<>();

    /** Applications that run on although the builds that waited for them do not any more. */
    private final Set<String> left = ConcurrentHashMap.newKeySet();

    /** Whether the record is this owner's from now on, until {@link #release}. */
    boolean claim(String id, Object owner) {
        Object earlier = owners.putIfAbsent(id, owner);
        return earlier == null || earlier == owner;
    }

    void release(String id, Object owner) {
        owners.remove(id, owner);
    }

    public boolean isOwned(String id) {
        return owners.containsKey(id);
    }

    /** The build that waited does not any more, while the application may run on. */
    void left(String id) {
        left.add(id);
    }

    /** Whether no build of this controller waits for it, though one may still run. */
    boolean isLeft(String id) {
        return left.contains(id);
    }

    /** Nothing is left to be done. */
    void forget(String id) {
        left.remove(id);
    }

    /** The life cycle that works on a record now. */
    public Optional<Owner> lifecycle(String id) {
        return Optional.ofNullable(owners.get(id))
                .filter(Owner.class::isInstance)
                .map(Owner.class::cast);
    }

    /** The life cycle that works on a record now; when there is none, the given one from now on. */
    Owner lifecycle(String id, Supplier<? extends Owner> other) {
        Object owner = owners.computeIfAbsent(id, none -> other.get());
        return owner instanceof Owner known ? known : other.get();
    }

    public List<Owner> lifecycles() {
        return owners.values().stream()
                .filter(Owner.class::isInstance)
                .map(Owner.class::cast)
                .toList();
    }
}
