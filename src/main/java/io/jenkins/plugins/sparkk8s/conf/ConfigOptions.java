package io.jenkins.plugins.sparkk8s.conf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every option we know, by key: what the checks and the documentation go through. */
public final class ConfigOptions {
    private static final SortedMap<String, ConfigOption<?>> BY_KEY = index();

    private ConfigOptions() {}

    /** All options by key, sorted; unmodifiable. */
    public static Map<String, ConfigOption<?>> byKey() {
        return BY_KEY;
    }

    /**
     * Checks type and rule of every known key that is set, also of those that Spark reads only in the driver. A key that came
     * after the release of the configuration is not read by anything, so that its value may be any.
     *
     * @throws ConfigurationException with one sentence for each wrong value
     */
    public static void check(SparkConf conf) {
        SecretMask.of(conf).guard(() -> {
            checkAll(conf);
            return null;
        });
    }

    private static void checkAll(SparkConf conf) {
        Problems problems = new Problems();
        Optional<SparkVersion> release = problems.collect(() -> SparkVersion.of(conf));
        conf.toMap().forEach((key, value) -> {
            ConfigOption<?> option = BY_KEY.get(key);
            if (option != null && release.map(option::isIn).orElse(true)) {
                problems.collect(() -> {
                    option.parse(value);
                });
            }
        });
        problems.collect(() -> Redaction.of(conf));
        problems.throwIfAny();
    }

    /** Whether the key is a known one whose value is a switch, a number, a time or a size. */
    static boolean isMeasure(String key) {
        ConfigOption<?> option = BY_KEY.get(key);
        return option != null && option.isMeasure();
    }

    private static SortedMap<String, ConfigOption<?>> index() {
        SortedMap<String, ConfigOption<?>> options = new TreeMap<>();
        Stream.of(
                        CoreOptions.class,
                        KubernetesOptions.class,
                        SecurityOptions.class,
                        DriverSideOptions.class,
                        ExecutorAllocationOptions.class)
                .flatMap(table -> constantsOf(table).stream())
                .forEach(option -> options.put(option.key(), option));
        return Collections.unmodifiableSortedMap(options);
    }

    private static List<ConfigOption<?>> constantsOf(Class<?> table) {
        return Stream.of(table.getFields())
                .filter(field -> field.getType() == ConfigOption.class)
                .<ConfigOption<?>>map(field -> {
                    try {
                        return (ConfigOption<?>) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(field + " is public and cannot be read", e);
                    }
                })
                .toList();
    }
}
