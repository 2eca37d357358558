package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipOutputStream;

/**
 * Zips folders that must travel as one file. The same content gives the same bytes, whenever and wherever it is zipped;
 * what is executable stays so.
 */
final class ZippedFolders {
    private static final int EXECUTABLE = 0100755;
    private static final int PLAIN = 0100644;

    private final SubmitterEnvironment environment;
    private final Path scratch;
    private final boolean namesOnly;
    private int count;

    /**
     * @param scratch where the zips are made; the caller removes it
     * @param namesOnly whether empty files will do, since nothing is uploaded
     */
    ZippedFolders(SubmitterEnvironment environment, Path scratch, boolean namesOnly) {
        this.environment = environment;
        this.scratch = scratch;
        this.namesOnly = namesOnly;
    }

    /**
     * A zip of the folder, named after it, with names relative to it.
     *
     * @param argument the step's argument, for errors
     * @param excludes Ant patterns of what to leave out, besides what Ant always does
     * @throws ConfigurationException when the folder is empty, cannot be read, or has links that lead out of the workspace
     */
    Path zip(String argument, Path folder, List<String> excludes) {
        List<String> names = names(argument, folder, excludes);
        if (names.isEmpty()) {
            throw new ConfigurationException(
                    "%s names %s, a folder without files. Correct the path.".formatted(argument, folder));
        }
        names.forEach(name -> environment.requireAllowed(argument, folder.resolve(name)));
        try {
            Path directory = Files.createDirectory(scratch.resolve(String.valueOf(++count)));
            Path zip = directory.resolve(folder.normalize().getFileName() + ".zip");
            return namesOnly ? Files.createFile(zip) : write(zip, folder, names);
        } catch (IOException e) {
            throw unreadable(argument, folder, e);
        }
    }

    private List<String> names(String argument, Path folder, List<String> excludes) {
        try {
            return AntPatterns.files(folder, "**", excludes, below -> {
                environment.requireAllowed(argument, below);
                return true;
            });
        } catch (IOException e) {
            throw unreadable(argument, folder, e);
        }
    }

    private static ConfigurationException unreadable(String argument, Path folder, IOException e) {
        return new ConfigurationException(
                "%s names %s, which cannot be zipped: %s.".formatted(argument, folder, e.getMessage()));
    }

    private static Path write(Path zip, Path folder, List<String> names) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(zip.toFile())) {
            out.setEncoding("UTF-8");
            for (String name : names) {
                add(out, folder.resolve(name), name.replace('\\', '/'));
            }
        }
        return zip;
    }

    private static void add(ZipOutputStream out, Path file, String name) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while zipping");
        }
        ZipEntry entry = new ZipEntry(name);
        // A zip has local times: this is the same text in every time zone.
        entry.setTime(new GregorianCalendar(1980, Calendar.FEBRUARY, 1).getTimeInMillis());
        entry.setUnixMode(Files.isExecutable(file) ? EXECUTABLE : PLAIN);
        out.putNextEntry(entry);
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
