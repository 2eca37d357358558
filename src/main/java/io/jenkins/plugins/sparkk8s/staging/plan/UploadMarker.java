package io.jenkins.plugins.sparkk8s.staging.plan;

import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an application leaves under the upload path for as long as it uses files there: which folders, and by what
 * others can find out whether it has ended.
 *
 * @param application its ID
 * @param master of its cluster, as the configuration has it
 * @param retention how long a file is kept after its upload, though no application uses it
 * @param kept whether its files are to stay forever
 * @param complete whether it lists everything that was uploaded; else folders of its own may be left half written, unless
 *     nothing had to be sent
 * @param folders name of each shared folder, and when its file was uploaded; null for one that was not there yet
 */
public record UploadMarker(
        String application,
        String master,
        String namespace,
        Duration retention,
        boolean kept,
        boolean complete,
        Map<String, Instant> folders) {

    private static final Logger LOGGER = Logger.getLogger(UploadMarker.class.getName());
    private static final String FIRST_LINE = "spark-k8s-submit marker 1";
    private static final String LAST_LINE = "end";
    /** For 200,000 folders. */
    public static final int MOST_BYTES = 20_000_000;

    static UploadMarker of(String application, SparkConf conf, Map<String, Instant> folders, boolean complete) {
        return new UploadMarker(
                application,
                conf.get("spark.master").orElse(""),
                conf.get(KubernetesOptions.NAMESPACE),
                conf.get(KubernetesOptions.SUBMIT_UPLOAD_RETENTION),
                !conf.get(KubernetesOptions.SUBMIT_DELETE_UPLOADS),
                complete,
                folders);
    }

    /** When what is in a folder was uploaded, for those folders of which that is noted. */
    public Map<String, Instant> knownTimes() {
        Map<String, Instant> known = new LinkedHashMap<>(folders);
        known.values().removeIf(Objects::isNull);
        return known;
    }

    public byte[] text() {
        List<String> lines = new ArrayList<>(List.of(
                FIRST_LINE,
                "application " + application,
                "master " + master,
                "namespace " + namespace,
                "retention " + retention.toSeconds(),
                "kept " + kept,
                "complete " + complete));
        folders.forEach((name, uploaded) ->
                lines.add("uses " + name + " " + (uploaded == null ? "-" : uploaded.toEpochMilli())));
        lines.add(LAST_LINE);
        return String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Empty when it is not whole, or of a later version: then nothing may be concluded from it. */
    public static Optional<UploadMarker> parse(byte[] text) {
        List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() < 2
                || !lines.get(0).equals(FIRST_LINE)
                || !lines.get(lines.size() - 1).equals(LAST_LINE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(lines.subList(1, lines.size() - 1)));
        } catch (NumberFormatException e) {
            LOGGER.log(Level.FINE, "A marker with a number that is none", e);
            return Optional.empty();
        }
    }

    private static UploadMarker parse(List<String> lines) {
        Map<String, String> facts = new LinkedHashMap<>();
        Map<String, Instant> folders = new LinkedHashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("uses") && words.length == 3) {
                folders.put(words[1], words[2].equals("-") ? null : Instant.ofEpochMilli(Long.parseLong(words[2])));
            } else {
                facts.put(words[0], line.substring(Math.min(line.length(), words[0].length() + 1)));
            }
        }
        return new UploadMarker(
                facts.getOrDefault("application", ""),
                facts.getOrDefault("master", ""),
                facts.getOrDefault("namespace", ""),
                Duration.ofSeconds(Long.parseLong(facts.getOrDefault("retention", ""))),
                Boolean.parseBoolean(facts.get("kept")),
                Boolean.parseBoolean(facts.get("complete")),
                folders);
    }

    /** Whether a crash left it without its end; one of a later version is left to that. */
    public static boolean isCutOff(byte[] text) {
        String all = new String(text, StandardCharsets.UTF_8);
        return FIRST_LINE.startsWith(all)
                || all.startsWith(FIRST_LINE + "\n") && !all.endsWith("\n" + LAST_LINE + "\n");
    }
}
