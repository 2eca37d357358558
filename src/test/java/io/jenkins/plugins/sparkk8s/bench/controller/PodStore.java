package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All pods, and what happened to them last; each change has the next resource version. Thread-safe. */
final class PodStore {
    /** What a watch can begin with; older versions are gone. */
    private static final int HISTORY = 20_000;

    private final BenchPod[] drivers;
    private final BenchPod[][] executors;
    private final long[] lastExecutorIds;
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
    private long version = 1;
    private long lastStamp;

    /** @param type as in a watch event */
    record Change(String type, BenchPod pod) {}

    /** @param version of the list */
    record Listed(List<BenchPod> pods, long version) {}

    PodStore(int applications, int executorsEach) {
        drivers = IntStream.range(0, applications).mapToObj(BenchPod::driver).toArray(BenchPod[]::new);
        executors = new BenchPod[applications][executorsEach];
        lastExecutorIds = new long[applications];
        for (int application = 0; application < applications; application++) {
            for (int slot = 0; slot < executorsEach; slot++) {
                executors[application][slot] = BenchPod.executor(application, ++lastExecutorIds[application]);
            }
        }
    }

    int applications() {
        return drivers.length;
    }

    int executorsEach() {
        return executors[0].length;
    }

    synchronized Listed list(PodSelection selection) {
        IntStream which = selection.isOneDriver()
                ? driver(selection.name())
                : selection.applications() == null
                        ? IntStream.range(0, drivers.length)
                        : known(selection.applications());
        List<BenchPod> pods = which.boxed()
                .flatMap(this::pods)
                .filter(pod -> pod != null && selection.selects(pod))
                .toList();
        return new Listed(pods, version);
    }

    private IntStream driver(String name) {
        return name.endsWith("-driver") ? known(Set.of(name.substring(0, name.lastIndexOf('-')))) : IntStream.empty();
    }

    private IntStream known(Set<String> applications) {
        return applications.stream()
                .mapToInt(BenchPod::index)
                .filter(index -> index < drivers.length)
                .sorted();
    }

    private Stream<BenchPod> pods(int application) {
        return Stream.concat(Stream.of(drivers[application]), Stream.of(executors[application]));
    }

    /** Else it is deleted, or pending. */
    synchronized boolean isRunning(int application, int slot) {
        return executors[application][slot] != null && executors[application][slot].isRunning();
    }

    synchronized void delete(int application, int slot) {
        BenchPod pod = executors[application][slot].deleted(++version);
        executors[application][slot] = null;
        publish(new Change("DELETED", pod));
    }

    synchronized void create(int application, int slot) {
        long id = ++lastExecutorIds[application];
        executors[application][slot] = BenchPod.pending(application, id, stamp(), ++version);
        publish(new Change("ADDED", executors[application][slot]));
    }

    synchronized void run(int application, int slot) {
        executors[application][slot] = executors[application][slot].running(stamp(), ++version);
        publish(new Change("MODIFIED", executors[application][slot]));
    }

    /** No two are the same, so that each can be recognised. */
    private long stamp() {
        lastStamp = Math.max(lastStamp + 1, Stamps.now());
        return lastStamp;
    }

    private void publish(Change change) {
        history.add(change);
        if (history.size() > HISTORY) {
            history.remove();
        }
        watchers.forEach(watcher -> watcher.accept(change));
    }

    /**
     * Hands over all that happened after a version, then what happens.
     *
     * @return false when that version is gone
     */
    synchronized boolean watch(long after, Consumer<Change> watcher) {
        if (!history.isEmpty() && after < history.getFirst().pod().version() - 1) {
            return false;
        }
        history.stream().filter(change -> change.pod().version() > after).forEach(watcher);
        watchers.add(watcher);
        return true;
    }

    void unwatch(Consumer<Change> watcher) {
        watchers.remove(watcher);
    }

    /** Of all executors that have changed and are there. */
    synchronized long[] stamps() {
        return Stream.of(executors)
                .flatMap(Stream::of)
                .filter(pod -> pod != null && pod.stamp() > 0)
                .mapToLong(BenchPod::stamp)
                .toArray();
    }
}
