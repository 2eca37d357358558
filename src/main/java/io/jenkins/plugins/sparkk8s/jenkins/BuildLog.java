package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.model.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The log of a build, which may have several applications at a time and other steps beside them. A place in it is a number
 * of bytes.
 *
 * @param stream the application's own way to the log
 */
record BuildLog(Run<?, ?> run, PrintStream stream) implements ApplicationLog {
    @Override
    public void line(String text) {
        stream.println(text);
    }

    @Override
    public long flush() {
        stream.flush();
        return run.getLogText().length();
    }

    @Override
    public List<String> linesFrom(long place) throws IOException {
        if (place >= run.getLogText().length()) {
            return List.of();
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        run.getLogText().writeLogTo(place, text);
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
