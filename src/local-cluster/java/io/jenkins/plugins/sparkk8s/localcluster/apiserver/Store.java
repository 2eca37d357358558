package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What etcd is to a real API server: the objects, one counter of versions for all of them, and a bounded history.
 *
 * <p>Stored objects are never changed in place: a write puts a new one, so that readers may keep what they got. All
 * access goes through one lock; {@link #inTransaction} holds it over a read and the write that depends on it. Listeners
 * run under the lock, in the order of versions, and must only take notes.
 */
final class Store {

    private final Map<String, TreeMap<ObjectKey, ObjectNode>> objects = new HashMap<>();
    private final Map<String, History> histories = new HashMap<>();
    private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();
    private final int historyLimit;
    private long version = 1;
    private long forgottenUpTo;

    Store(int historyLimit) {
        this.historyLimit = historyLimit;
    }

    synchronized <T> T inTransaction(Supplier<T> work) {
        return work.get();
    }

    void listen(Consumer<StoreEvent> listener) {
        listeners.add(listener);
    }

    void unlisten(Consumer<StoreEvent> listener) {
        listeners.remove(listener);
    }

    synchronized long version() {
        return version;
    }

    synchronized Optional<ObjectNode> get(ResourceType type, ObjectKey key) {
        return Optional.ofNullable(objectsOf(type).get(key));
    }

    /** All objects of a resource, by namespace and name; of one namespace when it is not empty. */
    synchronized List<ObjectNode> list(ResourceType type, String namespace) {
        return select(objectsOf(type), namespace);
    }

    /**
     * The objects as they were at a version that is still within the history.
     *
     * @throws ApiException 410 when the history does not reach that far back
     */
    synchronized List<ObjectNode> listAt(ResourceType type, String namespace, long at) {
        History history = historyOf(type);
        if (at < history.droppedUpTo()) {
            throw ApiException.expired("The provided continue parameter is too old to display a consistent list"
                    + " result. You can start a new list without the continue parameter.");
        }
        TreeMap<ObjectKey, ObjectNode> then = new TreeMap<>(objectsOf(type));
        for (Iterator<StoreEvent> i = history.newestFirst(); i.hasNext(); ) {
            StoreEvent event = i.next();
            if (event.version() <= at) {
                break;
            }
            if (event.previous() == null) {
                then.remove(event.key());
            } else {
                then.put(event.key(), event.previous());
            }
        }
        return select(then, namespace);
    }

    synchronized List<ObjectNode> everything() {
        List<ObjectNode> all = new ArrayList<>();
        objects.values().forEach(m -> all.addAll(m.values()));
        return all;
    }

    synchronized Optional<ObjectNode> byUid(String uid) {
        return objects.values().stream()
                .map(TreeMap::values)
                .flatMap(Collection::stream)
                .filter(o -> Json.text(o, "metadata", "uid").equals(uid))
                .findFirst();
    }

    /** Stores an object, new or changed, under the next version, and notifies the listeners. */
    synchronized ObjectNode put(ResourceType type, ObjectNode object) {
        ObjectNode stored = object.deepCopy();
        long next = ++version;
        Json.metadata(stored).put("resourceVersion", Long.toString(next));
        ObjectNode previous = objectsOf(type).put(ObjectKey.of(stored), stored);
        StoreEvent.Type what = previous == null ? StoreEvent.Type.ADDED : StoreEvent.Type.MODIFIED;
        publish(new StoreEvent(what, type, next, stored, previous));
        return stored;
    }

    /** Removes an object; its last state carries the version of the removal. */
    synchronized Optional<ObjectNode> remove(ResourceType type, ObjectKey key) {
        ObjectNode previous = objectsOf(type).remove(key);
        if (previous == null) {
            return Optional.empty();
        }
        long next = ++version;
        ObjectNode last = previous.deepCopy();
        Json.metadata(last).put("resourceVersion", Long.toString(next));
        publish(new StoreEvent(StoreEvent.Type.DELETED, type, next, last, previous));
        return Optional.of(last);
    }

    /**
     * The changes of a resource after a version, oldest first.
     *
     * @throws ApiException 410 when the history does not reach that far back
     */
    synchronized List<StoreEvent> since(ResourceType type, long from) {
        History history = historyOf(type);
        if (from < history.droppedUpTo()) {
            throw ApiException.expired("too old resource version: " + from + " (" + (history.droppedUpTo() + 1) + ")");
        }
        return history.since(from);
    }

    /** Drops the history, as compaction does; every version handed out so far becomes too old to watch from. */
    synchronized void forgetHistory() {
        version++;
        histories.values().forEach(h -> h.forget(version));
        forgottenUpTo = version;
    }

    private void publish(StoreEvent event) {
        historyOf(event.resource()).add(event);
        listeners.forEach(l -> l.accept(event));
    }

    private static List<ObjectNode> select(TreeMap<ObjectKey, ObjectNode> from, String namespace) {
        return from.entrySet().stream()
                .filter(e -> namespace.isEmpty() || e.getKey().namespace().equals(namespace))
                .map(Map.Entry::getValue)
                .toList();
    }

    private TreeMap<ObjectKey, ObjectNode> objectsOf(ResourceType type) {
        return objects.computeIfAbsent(type.storage(), k -> new TreeMap<>());
    }

    private History historyOf(ResourceType type) {
        return histories.computeIfAbsent(type.storage(), k -> {
            History history = new History(historyLimit);
            history.forget(forgottenUpTo);
            return history;
        });
    }
}
