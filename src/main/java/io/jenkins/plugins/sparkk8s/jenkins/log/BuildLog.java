package io.jenkins.plugins.sparkk8s.jenkins.log;

import hudson.console.ConsoleNote;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * The log of a build, which may have several applications at a time and other steps beside them. A place in it is a number
 * of bytes.
 *
 * <p>It is read as the file that it ordinarily is, and not by {@code Run.getLogText}, which of a log that is kept elsewhere
 * may fetch all, each time. Of such a log no place is known.
 *
 * @param stream the application's own way to the log
 */
public record BuildLog(Run<?, ?> run, PrintStream stream) implements ApplicationLog {
    @Override
    public void line(String text) {
        stream.println(text);
    }

    @Override
    public long flush() {
        stream.flush();
        return file().length();
    }

    @Override
    public List<String> linesFrom(long place) throws IOException {
        if (place >= file().length()) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(file().toPath())) {
            in.skipNBytes(place);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ConsoleNote.removeNotes(text.lines().toList());
        }
    }

    private File file() {
        return new File(run.getRootDir(), "log");
    }
}
