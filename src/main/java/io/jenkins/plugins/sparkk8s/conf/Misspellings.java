package io.jenkins.plugins.sparkk8s.conf;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Finds keys that have no effect: those under {@code spark.kubernetes.} that the chosen release of Spark does not read,
 * and others that look much like a key that a submission depends on.
 */
public final class Misspellings {
    /** More edits than this and two keys have little to do with each other. */
    private static final int MOST_EDITS = 3;
    /** How much of a key may be missing at its end, or be too much there. */
    private static final int LONGEST_TAIL = 6;

    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(MOST_EDITS);
    private static final LevenshteinDistance ONE_EDIT = new LevenshteinDistance(1);

    /** Keys with these in front are of catalogs, Hadoop or the user's own. */
    private static final List<String> OPEN_FAMILIES =
            List.of("spark.hadoop.", "spark.sql.", "spark.executorEnv.", "spark.hive.", "spark.yarn.");

    /** The word {@code kubernetes} written in another way. */
    private static final Pattern OTHER_PREFIX = Pattern.compile("spark\\.([A-Za-z0-9]{8,12})\\.(.+)");

    private record Candidate(String key, int edits) {}

    private final SparkConf conf;
    private final Optional<SparkVersion> version;

    private Misspellings(SparkConf conf, Optional<SparkVersion> version) {
        this.conf = conf;
        this.version = version;
    }

    /**
     * One warning for each key that has no effect, or is likely to be a misspelling; empty when there is none.
     *
     * @param version of the Spark in the image; empty when it is not known
     */
    public static List<String> warnings(SparkConf conf, Optional<SparkVersion> version) {
        Misspellings keys = new Misspellings(conf, version);
        return conf.toMap().keySet().stream()
                .flatMap(key -> keys.warning(key).stream())
                .toList();
    }

    /** As {@link #warnings(SparkConf, Optional)}, for a configuration of which the release is not known. */
    public static List<String> warnings(SparkConf conf) {
        return warnings(conf, Optional.empty());
    }

    private Optional<String> warning(String key) {
        return key.startsWith(KnownKeys.PREFIX)
                ? underKubernetes(key)
                : meantElsewhere(key).map(meant -> didYouMean(key, meant));
    }

    private Optional<String> underKubernetes(String key) {
        if (KnownKeys.contains(key)) {
            return tooNew(key);
        }
        return Optional.of(ReplacedKeys.remedy(key, conf.get(key).orElse(""))
                .map(remedy -> "%s is not a key of Spark and has no effect: %s.".formatted(key, remedy))
                .or(() -> likely(key).map(meant -> didYouMean(key, meant)))
                .orElseGet(() -> "%s is not a key of Spark%s and has no effect. Correct it or leave it out."
                        .formatted(key, version.map(known -> " " + known).orElse(""))));
    }

    private static String didYouMean(String key, String meant) {
        return "%s is not a key of Spark. Did you mean %s?".formatted(key, meant);
    }

    private Optional<String> tooNew(String key) {
        return Optional.ofNullable(ConfigOptions.byKey().get(key))
                .filter(option -> version.filter(used -> !option.isIn(used)).isPresent())
                .map(option ->
                        "%s came with Spark %s and has no effect in Spark %s. Leave it out, or use a newer image."
                                .formatted(key, option.since(), version.orElseThrow()));
    }

    private static Optional<String> meantElsewhere(String key) {
        Optional<String> kubernetes = otherPrefix(key);
        if (kubernetes.isPresent() || KnownKeys.others().contains(key)) {
            return kubernetes;
        }
        boolean open = OPEN_FAMILIES.stream().anyMatch(key::startsWith);
        return open
                ? Optional.empty()
                : KnownKeys.others().stream()
                        .filter(known -> isAlmost(key, known))
                        .findFirst();
    }

    /** A letter, two letters in the wrong order, the case of letters, or a plural. */
    private static boolean isAlmost(String key, String known) {
        return key.toLowerCase(Locale.ROOT).equals(known.toLowerCase(Locale.ROOT))
                || ONE_EDIT.apply(key, known) >= 0
                || isSwapped(key, known);
    }

    private static boolean isSwapped(String key, String known) {
        if (key.length() != known.length()) {
            return false;
        }
        int first = Arrays.mismatch(key.toCharArray(), known.toCharArray());
        return first >= 0
                && first + 1 < key.length()
                && key.charAt(first) == known.charAt(first + 1)
                && key.charAt(first + 1) == known.charAt(first)
                && key.substring(first + 2).equals(known.substring(first + 2));
    }

    private static Optional<String> otherPrefix(String key) {
        Matcher parts = OTHER_PREFIX.matcher(key);
        if (!parts.matches() || DISTANCE.apply(parts.group(1), "kubernetes") < 0) {
            return Optional.empty();
        }
        String corrected = KnownKeys.PREFIX + parts.group(2);
        return KnownKeys.contains(corrected) ? Optional.of(corrected) : likely(corrected);
    }

    private static Optional<String> likely(String key) {
        Optional<KnownKeys.Volume> volume = KnownKeys.volume(key);
        if (volume.isPresent()) {
            return nearest(KnownKeys.VOLUME_PROPERTIES.stream()
                            .map(known -> candidate(volume.get().property(), known)))
                    .map(known -> volume.get().start() + known);
        }
        Stream<Candidate> keys = KnownKeys.ofKubernetes().stream().map(known -> candidate(key, known));
        Stream<Candidate> families =
                KnownKeys.FAMILIES.stream().map(family -> inFamily(key, family)).filter(Objects::nonNull);
        return nearest(Stream.concat(keys, families));
    }

    /** Null when the key begins as others do: spark.kubernetes.driver.x has nothing to do with driverEnv. */
    private static Candidate inFamily(String key, String family) {
        String start = firstSegments(key, segments(family));
        boolean right = Stream.concat(KnownKeys.ofKubernetes().stream(), KnownKeys.FAMILIES.stream())
                .anyMatch(known -> known.startsWith(start));
        return right ? null : new Candidate(family + key.substring(start.length()), DISTANCE.apply(start, family));
    }

    private static Candidate candidate(String key, String known) {
        int edits = DISTANCE.apply(key, known);
        boolean tail = (key.startsWith(known) || known.startsWith(key))
                && Math.abs(key.length() - known.length()) <= LONGEST_TAIL;
        return new Candidate(known, edits < 0 && tail ? MOST_EDITS + 1 : edits);
    }

    private static Optional<String> nearest(Stream<Candidate> candidates) {
        return candidates
                .filter(candidate -> candidate.edits() >= 0)
                .min(Comparator.comparingInt(Candidate::edits))
                .map(Candidate::key);
    }

    private static int segments(String family) {
        return family.split("\\.").length;
    }

    /** The first segments with the dot behind them; the whole key when it has no more. */
    private static String firstSegments(String key, int count) {
        List<String> all = Arrays.asList(key.split("\\."));
        return all.size() <= count ? key : all.stream().limit(count).collect(Collectors.joining(".", "", "."));
    }
}
