package io.jenkins.plugins.sparkk8s.conf;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The properties of one application, immutable.
 *
 * <p>Typed access goes through {@link ConfigOption}; an invalid value is an error that names the key. Its
 * {@link #toString()} shows no values, since any of them may be a secret.
 */
public final class SparkConf {
    private static final SparkConf EMPTY = new SparkConf(new TreeMap<>(), Set.of());

    private final SortedMap<String, String> properties;
    private final Set<String> secretKeys;

    private SparkConf(SortedMap<String, String> properties, Set<String> secretKeys) {
        this.properties = Collections.unmodifiableSortedMap(properties);
        this.secretKeys = secretKeys;
    }

    public static SparkConf empty() {
        return EMPTY;
    }

    public static SparkConf of(Map<String, String> properties) {
        return new SparkConf(new TreeMap<>(properties), Set.of());
    }

    public SparkConf with(String key, String value) {
        return withAll(Map.of(key, value));
    }

    public <T> SparkConf with(ConfigOption<T> option, String value) {
        return with(option.key(), value);
    }

    /**
     * These properties as well, each marked as secret: its value is shown nowhere, and reaches the driver without being in
     * any object but a Secret. A marked key stays marked when its value changes.
     */
    public SparkConf withSecrets(Map<String, String> secrets) {
        Set<String> marked = new TreeSet<>(secretKeys);
        marked.addAll(secrets.keySet());
        SortedMap<String, String> merged = new TreeMap<>(properties);
        merged.putAll(secrets);
        return new SparkConf(merged, Collections.unmodifiableSet(marked));
    }

    /** The keys that are marked as secret, sorted; those that merely match {@code spark.redaction.regex} are not here. */
    public Set<String> secretKeys() {
        return secretKeys;
    }

    /** The given properties win over those already here. */
    public SparkConf withAll(Map<String, String> overrides) {
        SortedMap<String, String> merged = new TreeMap<>(properties);
        merged.putAll(overrides);
        return new SparkConf(merged, secretKeys);
    }

    public SparkConf without(String key) {
        SortedMap<String, String> rest = new TreeMap<>(properties);
        rest.remove(key);
        Set<String> stillMarked = new TreeSet<>(secretKeys);
        stillMarked.remove(key);
        return new SparkConf(rest, Collections.unmodifiableSet(stillMarked));
    }

    public boolean contains(String key) {
        return properties.containsKey(key);
    }

    public boolean contains(ConfigOption<?> option) {
        return contains(option.key());
    }

    /** The raw text of a key; empty when it is not set. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(properties.get(key));
    }

    /**
     * The value of an option: as set, else of its fallback as set, else its default, else the fallback's default.
     *
     * @throws ConfigurationException when the value is invalid
     * @throws IllegalStateException when the option has no default; use {@link #find} for those
     */
    public <T> T get(ConfigOption<T> option) {
        return find(option)
                .or(option::defaultValue)
                .orElseThrow(() -> new IllegalStateException(option.key() + " has no default"));
    }

    /**
     * The value of an option if the user set it (or one that it falls back to); defaults are not looked at.
     *
     * @throws ConfigurationException when the value is invalid
     */
    public <T> Optional<T> find(ConfigOption<T> option) {
        Optional<String> text = get(option.key());
        if (text.isPresent()) {
            return Optional.of(parse(option, text.get()));
        }
        return option.fallback().flatMap(this::find);
    }

    private <T> T parse(ConfigOption<T> option, String text) {
        try {
            return option.parse(text);
        } catch (ConfigurationException e) {
            throw e.masked(SecretMask.of(this));
        }
    }

    /** All properties whose key starts with the prefix, by the rest of their key, sorted; entries with nothing after the prefix are left out. */
    public SortedMap<String, String> withPrefix(String prefix) {
        SortedMap<String, String> matching = new TreeMap<>();
        properties.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getKey().length() > prefix.length())
                .forEach(entry -> matching.put(entry.getKey().substring(prefix.length()), entry.getValue()));
        return matching;
    }

    /** All properties, sorted by key; unmodifiable. */
    public SortedMap<String, String> toMap() {
        return properties;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparkConf that
                && properties.equals(that.properties)
                && secretKeys.equals(that.secretKeys);
    }

    @Override
    public int hashCode() {
        return Objects.hash(properties, secretKeys);
    }

    @Override
    public String toString() {
        return "SparkConf with " + properties.size() + " properties";
    }
}
