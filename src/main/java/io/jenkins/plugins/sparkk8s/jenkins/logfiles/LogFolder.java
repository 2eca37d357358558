package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * The logs of one application's containers, kept as compressed files in a folder of the build, with which they are removed. The
 * driver's has a begin and, when it is too long for that, an end in parts, of which only the last are kept; all consist
 * of {@link LogMember}s. Files are read up to their last whole member, so they may be read while they are
 * written; what is damaged before it is passed over.
 *
 * @param path of the folder, which need not exist
 */
public record LogFolder(Path path) {
    private static final Logger LOGGER = Logger.getLogger(LogFolder.class.getName());
    private static final String FOLDER = "spark-logs";
    private static final String DRIVER = "driver";
    private static final String LOG = ".log";
    private static final String GZIP = ".gz";
    /** What a user may ask for. */
    private static final Pattern NAME = Pattern.compile("driver\\.log|executor-[0-9]{1,18}\\.log");

    private static final Pattern PART = Pattern.compile("driver\\.[0-9]{6}\\.log\\.gz");

    /** @param id of the application's record */
    public static LogFolder of(Run<?, ?> run, String id) {
        return new LogFolder(run.getRootDir().toPath().resolve(FOLDER).resolve(id));
    }

    /** Part 0 is the begin. */
    public Path driverPart(int number) {
        return path.resolve(number == 0 ? DRIVER + LOG + GZIP : "%s.%06d%s%s".formatted(DRIVER, number, LOG, GZIP));
    }

    public Path executor(long id) {
        return path.resolve("executor-" + id + LOG + GZIP);
    }

    /** Names of the logs without the ending of their compression: first the driver's, then by number. */
    public List<String> names() {
        return files().stream()
                .map(file -> file.endsWith(GZIP) ? file.substring(0, file.length() - GZIP.length()) : file)
                .filter(name -> NAME.matcher(name).matches())
                .sorted(Comparator.comparing(LogFolder::number))
                .toList();
    }

    private static long number(String name) {
        String digits = name.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? -1 : Long.parseLong(digits);
    }

    /** Executors whose logs are there. */
    public List<Long> executorIds() {
        return names().stream().map(LogFolder::number).filter(id -> id >= 0).toList();
    }

    /** Numbers of the parts that are there, ascending. */
    public List<Integer> driverParts() {
        List<Integer> parts = new ArrayList<>();
        List<String> files = files();
        if (files.contains(DRIVER + LOG + GZIP)) {
            parts.add(0);
        }
        files.stream()
                .filter(file -> PART.matcher(file).matches())
                .map(file -> Integer.valueOf(file.substring(DRIVER.length() + 1, DRIVER.length() + 7)))
                .sorted()
                .forEach(parts::add);
        return parts;
    }

    private List<String> files() {
        String[] names = path.toFile().list();
        return names == null ? List.of() : Arrays.asList(names);
    }

    /** Where a file of members ends, and how far in the log; a member that is not whole does not count. */
    public record End(long length, LogCursor reached) {}

    /** @throws IOException when the file cannot be read */
    public static End end(Path file) throws IOException {
        LogCursor reached = LogCursor.beginning();
        try (LogMembers members = new LogMembers(file)) {
            for (Optional<LogMember> next = members.next(); next.isPresent(); next = members.next()) {
                reached = next.get().reached();
            }
            return new End(members.position(), reached);
        }
    }

    /** @param name one of {@link #names}, or anything else */
    boolean has(String name) {
        return names().contains(name);
    }

    /**
     * Writes a log that {@link #has}.
     *
     * @param compressed whether as it is kept, in gzip's form
     */
    void write(String name, boolean compressed, OutputStream out) throws IOException {
        if (!name.startsWith(DRIVER)) {
            write(path.resolve(name + GZIP), compressed, out);
            return;
        }
        int expected = 0;
        for (int part : driverParts()) {
            if (part > expected) {
                write(leftOut(), compressed, out);
            }
            write(driverPart(part), compressed, out);
            expected = part + 1;
        }
    }

    private static LogMember leftOut() {
        return note(
                "A part of the driver's log is left out here: what is kept of it is bounded, and begin and end matter most.");
    }

    private static LogMember note(String text) {
        return LogMember.of(("[spark] " + text + "\n").getBytes(StandardCharsets.UTF_8), LogCursor.beginning());
    }

    private static void write(Path file, boolean compressed, OutputStream out) throws IOException {
        // A part that is removed while this is read was about to be left out.
        if (!Files.exists(file)) {
            LOGGER.log(Level.FINE, "{0} has been removed", file);
            return;
        }
        boolean isSaid = false;
        try (LogMembers members = new LogMembers(file)) {
            for (Optional<LogMember> next = members.next(); next.isPresent(); next = members.next()) {
                boolean isIntact = next.get().isIntact();
                if (!isSaid && (members.isDamagedBefore() || !isIntact)) {
                    write(note("A part of this log cannot be read: its file is damaged here."), compressed, out);
                }
                if (isIntact) {
                    write(next.get(), compressed, out);
                }
                isSaid = !isIntact;
            }
        }
    }

    private static void write(LogMember member, boolean compressed, OutputStream out) throws IOException {
        out.write(compressed ? member.bytes() : member.text());
    }
}
