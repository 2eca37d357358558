package io.jenkins.plugins.sparkk8s.conf;

import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a configuration value is read: Spark's own types and syntax
 * ({@code ConfigBuilder.scala} and {@code JavaUtils.java}).
 *
 * @param description what a value looks like, to end the sentence "it must be …"
 */
record ValueType<T>(String name, String description, Parser<T> parser) {

    /**
     * Reads a text, or throws {@link IllegalArgumentException} when it is not of the type, {@link ArithmeticException}
     * when it is too large for it.
     */
    interface Parser<T> {
        T parse(String text);
    }

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(-?[0-9]+)([a-z]+)?");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "us", Duration.of(1, ChronoUnit.MICROS),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final String BYTE_UNITS = "bkmgtp";

    static final ValueType<String> STRING = new ValueType<>("string", "a text", text -> text);
    static final ValueType<Integer> INT =
            new ValueType<>("int", "a whole number", text -> Integer.valueOf(text.trim()));
    /** For keys that Spark reads without its typed entries: {@code SparkConf.getInt} and {@code SparkSubmitArguments}. */
    static final ValueType<Integer> STRICT_INT =
            new ValueType<>("int", "a whole number without blanks around it", Integer::valueOf);

    static final ValueType<Long> LONG = new ValueType<>("long", "a whole number", text -> Long.valueOf(text.trim()));
    static final ValueType<Double> DOUBLE = new ValueType<>("double", "a number", ValueType::parseDouble);
    static final ValueType<Boolean> BOOLEAN = new ValueType<>("boolean", "true or false", ValueType::parseBoolean);
    static final ValueType<List<String>> LIST = new ValueType<>("list", "a comma-separated list", ValueType::parseList);

    static ValueType<Duration> time(ChronoUnit unit) {
        return new ValueType<>(
                "time in " + unit.toString().toLowerCase(Locale.ROOT),
                "a time such as 500ms, 30s or 5m (a bare number is in "
                        + (unit == ChronoUnit.MILLIS
                                ? "milliseconds"
                                : unit.toString().toLowerCase(Locale.ROOT)) + ")",
                text -> parseTime(text, unit.getDuration()));
    }

    /** A time, or the word for no end: then the value is empty. */
    static ValueType<Optional<Duration>> timeOrNever(ChronoUnit unit, String never) {
        ValueType<Duration> time = time(unit);
        return new ValueType<>(
                time.name() + ", or " + never,
                time.description() + ", or the word " + never,
                text -> text.trim().equals(never)
                        ? Optional.empty()
                        : Optional.of(time.parser().parse(text)));
    }

    /** @param unit the unit of a bare number; the value is in this unit, rounded down */
    static ValueType<Long> bytes(ByteUnit unit) {
        return new ValueType<>(
                "bytes in " + unit.label(),
                "a size such as 512m or 4g (a bare number is in " + unit.label() + ")",
                text -> parseBytes(text, unit));
    }

    private static Boolean parseBoolean(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Double parseDouble(String text) {
        double number = Double.parseDouble(text.trim());
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static List<String> parseList(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static Duration parseTime(String text, Duration bareUnit) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        Duration unit = matcher.group(2) == null ? bareUnit : TIME_UNITS.get(matcher.group(2));
        if (unit == null) {
            throw new IllegalArgumentException(text);
        }
        Duration time = unit.multipliedBy(Long.parseLong(matcher.group(1)));
        return bareUnit.multipliedBy(inWhole(bareUnit, time));
    }

    /** Spark drops what is below the unit of the key: 1500ms is 1 in seconds. */
    private static long inWhole(Duration unit, Duration time) {
        return time.toMillis() / unit.toMillis();
    }

    private static Long parseBytes(String text, ByteUnit bareUnit) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || matcher.group(1).startsWith("-")) {
            throw new IllegalArgumentException(text);
        }
        BigInteger bytes = new BigInteger(matcher.group(1)).shiftLeft(10 * exponent(matcher.group(2), bareUnit));
        return bytes.shiftRight(10 * bareUnit.ordinal()).longValueExact();
    }

    private static int exponent(String suffix, ByteUnit bareUnit) {
        if (suffix == null) {
            return bareUnit.ordinal();
        }
        int exponent = BYTE_UNITS.indexOf(suffix.charAt(0));
        boolean longForm = suffix.length() == 2 && suffix.endsWith("b") && exponent > 0;
        if (exponent < 0 || suffix.length() > 1 && !longForm) {
            throw new IllegalArgumentException(suffix);
        }
        return exponent;
    }
}
