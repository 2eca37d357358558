package io.jenkins.plugins.sparkk8s.driver.model;

import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The order in which Scala's immutable {@code HashMap} goes through its keys. Spark numbers the claims it makes in this
 * order, so their names depend on it.
 *
 * <p>The map is a tree of the keys' hashes, five bits a level: Scala 2.12 (Spark 3.5) goes through a node from its
 * lowest branch to its highest, 2.13 first through the keys that are alone in their branch.
 */
final class ScalaMapOrder {
    private static final int BITS_PER_LEVEL = 5;
    private static final int BRANCH = (1 << BITS_PER_LEVEL) - 1;
    /** Up to here Scala has classes that keep the order of insertion. */
    private static final int SMALL = 4;

    private ScalaMapOrder() {}

    /** The keys in Scala's order; as they are when they are so few that Scala does not hash them. */
    static List<String> of(Collection<String> keys, SparkVersion version) {
        return keys.size() <= SMALL ? List.copyOf(keys) : level(keys, 0, version.atLeast(4, 0));
    }

    private static List<String> level(Collection<String> keys, int shift, boolean singlesFirst) {
        if (shift >= Integer.SIZE) {
            return List.copyOf(keys);
        }
        TreeMap<Integer, List<String>> branches = new TreeMap<>();
        keys.forEach(key -> branches.computeIfAbsent((improved(key) >>> shift) & BRANCH, branch -> new ArrayList<>())
                .add(key));
        List<String> ordered = new ArrayList<>();
        if (singlesFirst) {
            branches.values().stream().filter(branch -> branch.size() == 1).forEach(ordered::addAll);
            branches.values().removeIf(branch -> branch.size() == 1);
        }
        for (List<String> branch : branches.values()) {
            ordered.addAll(branch.size() == 1 ? branch : level(branch, shift + BITS_PER_LEVEL, singlesFirst));
        }
        return ordered;
    }

    /** {@code scala.collection.Hashing.improve}. */
    private static int improved(String key) {
        int hash = key.hashCode();
        hash += ~(hash << 9);
        hash ^= hash >>> 14;
        hash += hash << 4;
        return hash ^ (hash >>> 10);
    }
}
