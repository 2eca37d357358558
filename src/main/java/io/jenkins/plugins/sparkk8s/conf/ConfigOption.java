package io.jenkins.plugins.sparkk8s.conf;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One configuration key: its type, default and rule, and what it means.
 *
 * @param <T> the Java type of its value
 */
public final class ConfigOption<T> {

    /** Who reads the key. */
    public enum Side {
        /** The submitter: a wrong value stops the submission in Spark too. */
        SUBMISSION,
        /** The driver: Spark finds a wrong value only when the application already runs; we check it before. */
        DRIVER,
        /** Written by the submitter for the driver; not meant for users. */
        WRITTEN
    }

    private record Rule<T>(Predicate<T> holds, String requirement) {}

    private final String key;
    private final ValueType<T> type;
    private final Side side;
    private final String since;
    private final String doc;
    private final List<Rule<T>> rules;
    private final String defaultText;
    private final ConfigOption<T> fallback;

    private ConfigOption(Builder<T> builder) {
        this.key = builder.key;
        this.type = builder.type;
        this.side = builder.side;
        this.since = builder.since;
        this.doc = builder.doc;
        this.rules = List.copyOf(builder.rules);
        this.defaultText = builder.defaultText;
        this.fallback = builder.fallback;
    }

    static Builder<String> string(String key) {
        return new Builder<>(key, ValueType.STRING);
    }

    static Builder<Integer> integer(String key) {
        return new Builder<>(key, ValueType.INT);
    }

    static Builder<Integer> strictInteger(String key) {
        return new Builder<>(key, ValueType.STRICT_INT);
    }

    static Builder<Long> longInteger(String key) {
        return new Builder<>(key, ValueType.LONG);
    }

    static Builder<Double> decimal(String key) {
        return new Builder<>(key, ValueType.DOUBLE);
    }

    static Builder<Boolean> bool(String key) {
        return new Builder<>(key, ValueType.BOOLEAN);
    }

    static Builder<List<String>> list(String key) {
        return new Builder<>(key, ValueType.LIST);
    }

    static Builder<Duration> millis(String key) {
        return new Builder<>(key, ValueType.time(ChronoUnit.MILLIS));
    }

    static Builder<Duration> seconds(String key) {
        return new Builder<>(key, ValueType.time(ChronoUnit.SECONDS));
    }

    static Builder<Duration> minutes(String key) {
        return new Builder<>(key, ValueType.time(ChronoUnit.MINUTES));
    }

    /** @param never the word that stands for no end, and is read as an empty value */
    static Builder<Optional<Duration>> secondsOrNever(String key, String never) {
        return new Builder<>(key, ValueType.timeOrNever(ChronoUnit.SECONDS, never));
    }

    static Builder<Long> bytes(String key) {
        return new Builder<>(key, ValueType.bytes(ByteUnit.BYTE));
    }

    static Builder<Long> mebibytes(String key) {
        return new Builder<>(key, ValueType.bytes(ByteUnit.MIB));
    }

    public String key() {
        return key;
    }

    /** Spark's name of the type, such as {@code int} or {@code time in millis}. */
    public String typeName() {
        return type.name();
    }

    public Side side() {
        return side;
    }

    /** The Spark release that brought the key; empty for our own keys. */
    public String since() {
        return since;
    }

    /** Whether a release of Spark has the key, and so reads its value; our own keys are in each. */
    boolean isIn(SparkVersion release) {
        return SparkVersion.find(since).map(release::reaches).orElse(true);
    }

    /** What the key does, one sentence. */
    public String doc() {
        return doc;
    }

    /** The default as a user would write it; empty when the key has none, or takes it from another key. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** The option whose value is taken when this one is not set. */
    public Optional<ConfigOption<T>> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** Its own default, else that of the option it falls back to. */
    Optional<T> defaultValue() {
        return defaultText().map(this::parse).or(() -> fallback().flatMap(ConfigOption::defaultValue));
    }

    /** Whether its value is a switch, a number, a time or a size; nothing that could be guarded. */
    boolean isMeasure() {
        return !type.equals(ValueType.STRING) && !type.equals(ValueType.LIST);
    }

    /**
     * Reads and checks a value of this option. The message has the value as it is; the caller that has the whole
     * configuration knows whether it is a secret ({@link SecretMask#guard}).
     *
     * @throws ConfigurationException naming the key, the value and what would be right
     */
    T parse(String text) {
        T value;
        try {
            value = type.parser().parse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw invalid(text, "It must be " + type.description() + "." + UnitHints.of(key, type, text));
        }
        for (Rule<T> rule : rules) {
            if (!rule.holds().test(value)) {
                throw invalid(text, rule.requirement());
            }
        }
        return value;
    }

    private ConfigurationException invalid(String text, String requirement) {
        return new ConfigurationException("The value '%s' of %s is not valid. %s".formatted(text, key, requirement));
    }

    @Override
    public String toString() {
        return key;
    }

    static final class Builder<T> {
        private final String key;
        private final ValueType<T> type;
        private final List<Rule<T>> rules = new ArrayList<>();
        private Side side = Side.SUBMISSION;
        private String since = "";
        private String doc = "";
        private String defaultText;
        private ConfigOption<T> fallback;

        private Builder(String key, ValueType<T> type) {
            this.key = key;
            this.type = type;
        }

        Builder<T> since(String release) {
            this.since = release;
            return this;
        }

        Builder<T> doc(String sentence) {
            this.doc = sentence;
            return this;
        }

        Builder<T> readByDriver() {
            this.side = Side.DRIVER;
            return this;
        }

        Builder<T> writtenBySubmitter() {
            this.side = Side.WRITTEN;
            return this;
        }

        /** @param requirement a sentence of what would be right, shown after key and value */
        Builder<T> require(Predicate<T> rule, String requirement) {
            rules.add(new Rule<>(rule, requirement));
            return this;
        }

        @SafeVarargs
        @SuppressWarnings("varargs")
        final Builder<T> oneOf(T... values) {
            List<T> allowed = new ArrayList<>();
            for (T value : values) {
                allowed.add(value);
            }
            String listed =
                    String.join(", ", allowed.stream().map(String::valueOf).toList());
            return require(allowed::contains, "It must be one of: " + listed + ".");
        }

        Builder<T> defaultsTo(String text) {
            this.defaultText = text;
            return this;
        }

        Builder<T> fallsBackTo(ConfigOption<T> other) {
            this.fallback = other;
            return this;
        }

        ConfigOption<T> build() {
            return new ConfigOption<>(this);
        }
    }
}
