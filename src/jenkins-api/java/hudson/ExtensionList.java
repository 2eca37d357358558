package hudson;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public class ExtensionList<T> extends AbstractList<T> {
    private static final Map<Class<?>, ExtensionList<?>> LISTS = new ConcurrentHashMap<>();

    private final List<T> extensions = new ArrayList<>();

    /** For tests: what Jenkins finds by its index. */
    @Override
    public boolean add(T extension) {
        return extensions.add(extension);
    }

    /** For tests. */
    @Override
    public void clear() {
        extensions.clear();
    }

    @Override
    public T get(int index) {
        return extensions.get(index);
    }

    @Override
    public int size() {
        return extensions.size();
    }

    @SuppressWarnings("unchecked")
    public static <T> ExtensionList<T> lookup(Class<T> type) {
        return (ExtensionList<T>) LISTS.computeIfAbsent(type, unused -> new ExtensionList<>());
    }

    public static <U> U lookupSingleton(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + all.size());
        }
        return all.get(0);
    }
}
