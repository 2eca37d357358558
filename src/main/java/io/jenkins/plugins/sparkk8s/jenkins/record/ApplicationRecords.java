package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of the applications of one build, in the order they were begun; stored with the build. It is bounded however long the
 * build loops: of older applications that ended only what a list shows is kept, and of very many not even that.
 *
 * <p>Pages read while builds write: the list is replaced and never changed, so that a reader, or the saving of the build, sees it as
 * it was at one moment.
 */
@XStreamAlias("sparkApplicationRecords")
public final class ApplicationRecords {
    /** How many applications are listed in full. */
    public static final int IN_FULL = 100;

    /** How many are kept at all. */
    public static final int KEPT = 1000;

    private volatile List<ApplicationRecord> records = new ArrayList<>();
    private volatile int begun;

    /**
     * Begins the record of one more application.
     *
     * @param id unique, also beyond this build
     * @param cluster name of the configured cluster
     */
    public ApplicationRecord begin(String id, String cluster, ApplicationIdentity identity, Instant start) {
        return add(new ApplicationRecord(id, cluster, identity, start));
    }

    /**
     * A copy of another record, for this build to wait for the application. An earlier copy with the same id is replaced.
     *
     * @param id unique, also beyond this build
     */
    public synchronized ApplicationRecord waitFor(String id, ApplicationRecord awaited, RecordedWait wait) {
        ApplicationRecord copy = awaited.copyForWait(id, wait);
        Optional<ApplicationRecord> earlier = find(id);
        if (earlier.isEmpty()) {
            return add(copy);
        }
        List<ApplicationRecord> changed = new ArrayList<>(all());
        changed.set(changed.indexOf(earlier.get()), copy);
        records = changed;
        return copy;
    }

    /**
     * Removes the copy for a wait that the build has left, which another wait for the same application continues. So a build that
     * waits again and again has one copy.
     *
     * @param record id of the record that is waited for
     */
    public synchronized Optional<ApplicationRecord> takeLeft(String record) {
        List<ApplicationRecord> changed = new ArrayList<>(all());
        Optional<ApplicationRecord> left = changed.stream()
                .filter(copy -> isLeft(copy) && copy.awaited().record().equals(record))
                .findFirst();
        left.ifPresent(copy -> {
            changed.remove(copy);
            records = changed;
            begun--;
        });
        return left;
    }

    /** Of a wait that the build has left, whose application is for another record to follow. */
    private static boolean isLeft(ApplicationRecord record) {
        return record.awaited() != null && record.awaited().isLeft();
    }

    private synchronized ApplicationRecord add(ApplicationRecord application) {
        List<ApplicationRecord> changed = new ArrayList<>(all());
        int older = changed.size() - IN_FULL;
        changed.stream()
                .limit(Math.max(0, older))
                .filter(ApplicationRecord::isDone)
                .forEach(ApplicationRecord::shorten);
        if (changed.size() >= KEPT) {
            changed.stream()
                    .filter(record -> record.isDone() || isLeft(record))
                    .findFirst()
                    .ifPresent(changed::remove);
        }
        changed.add(application);
        records = changed;
        begun++;
        return application;
    }

    /** A record that has a file of its own is newer than what the build has, unless that is complete. */
    synchronized void loaded(ApplicationRecord record) {
        List<ApplicationRecord> changed = new ArrayList<>(all());
        Optional<ApplicationRecord> earlier = find(record.id());
        if (earlier.isEmpty()) {
            changed.add(record);
            changed.sort(Comparator.comparing(ApplicationRecord::startTime));
            begun++;
        } else if (!earlier.get().isDone()) {
            changed.set(changed.indexOf(earlier.get()), record);
        }
        records = changed;
    }

    /** Also copies for waiting; of very many, the oldest that ended are not kept. */
    public List<ApplicationRecord> all() {
        List<ApplicationRecord> current = records;
        return current == null ? List.of() : List.copyOf(current);
    }

    /** One for each application, although the build may also have waited for one of its own. */
    public List<ApplicationRecord> shown() {
        return ShownRecords.of(all());
    }

    /** How many applications the build has begun, or waits for, those that are no longer kept included. */
    public int total() {
        List<ApplicationRecord> all = all();
        return begun - all.size() + ShownRecords.of(all).size();
    }

    public Optional<ApplicationRecord> find(String id) {
        return all().stream().filter(record -> id.equals(record.id())).findFirst();
    }

    /** The record that an application of this build was submitted with; empty when none has that application id. */
    public Optional<ApplicationRecord> findApplication(String applicationId) {
        return all().stream()
                .filter(record -> record.awaited() == null)
                .filter(record -> record.identity().applicationId().equals(applicationId))
                .findFirst();
    }
}
