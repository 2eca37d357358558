package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The steps that wait for applications whose records have other owners. They are notified when a record changes, and once a minute
 * in case that a notification was missed; none has a timer or a request of its own for that.
 */
public final class Followers {
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    /** A step that waits; all methods return at once. */
    public interface Follower {
        /** Id of the record that it waits for; null while that is not known. */
        String record();

        /** The record may have changed. */
        void changed();

        /** The controller shuts down. */
        void detach();

        /** A build has ended, maybe without having stopped its steps. */
        void buildEnded(Run<?, ?> run);
    }

    public void add(Follower follower) {
        followers.add(follower);
    }

    public void remove(Follower follower) {
        followers.remove(follower);
    }

    /** Whether any of them waits for the application of a record. */
    boolean follow(String record) {
        return followers.stream().anyMatch(follower -> record.equals(follower.record()));
    }

    /** The application of a record has a driver, or has ended; that is on the disk. */
    void changed(String record) {
        each(follower -> {
            if (record.equals(follower.record())) {
                follower.changed();
            }
        });
    }

    public void each(Consumer<Follower> action) {
        followers.forEach(action);
    }

    public int count() {
        return followers.size();
    }
}
