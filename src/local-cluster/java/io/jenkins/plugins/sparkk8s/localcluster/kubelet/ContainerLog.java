package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The log file of one container, in the
 * <a href="https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md">format of the
 * CRI</a>: each line begins with the time at which it was read, the stream and a tag. A long line of the container is cut
 * into parts, as container runtimes do, so that no line takes more than a part's memory; all but the last have the tag
 * {@code P}.
 */
final class ContainerLog {

    /** Where containerd and CRI-O cut a line by default. */
    static final int PART_BYTES = 16 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
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
        try (OutputStream lines =
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), BUFFER_BYTES)) {
            ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    append(buffer[i], part, lines);
                }
                // A reader that follows the log sees all that was read.
                lines.flush();
            }
            if (part.size() > 0) {
                write(part, 'P', lines);
            }
        } finally {
            complete = true;
        }
    }

    private static void append(byte next, ByteArrayOutputStream part, OutputStream lines) throws IOException {
        if (next == '\n') {
            write(part, 'F', lines);
            return;
        }
        if (part.size() == PART_BYTES) {
            write(part, 'P', lines);
        }
        part.write(next);
    }

    private static void write(ByteArrayOutputStream part, char tag, OutputStream lines) throws IOException {
        lines.write((TIME.format(Instant.now()) + " stdout " + tag + ' ').getBytes(StandardCharsets.US_ASCII));
        part.writeTo(lines);
        lines.write('\n');
        part.reset();
    }
}
