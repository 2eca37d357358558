package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The log file of one container: each line begins with the time at which it was read and one space. */
final class ContainerLog {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private volatile boolean complete;

    ContainerLog(Path file) throws IOException {
        this.file = file;
        Files.writeString(file, "");
    }

    Path file() {
        return file;
    }

    /** Whether no line will be added any more. */
    boolean isComplete() {
        return complete;
    }

    /** Appends what {@code output} gives until its end. */
    void copy(InputStream output) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
                Writer writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                writer.write(TIME.format(Instant.now()) + ' ' + line + '\n');
                if (!lines.ready()) {
                    // Nothing more to read now, so whoever follows the log sees this line.
                    writer.flush();
                }
            }
        } finally {
            complete = true;
        }
    }
}
