package io.jenkins.plugins.sparkk8s.jenkins.log;

import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;

/**
 * The log of a build, which may have several applications at a time and other steps beside them.
 *
 * <p>It is read as the file that it ordinarily is. A log that is kept elsewhere is read from its beginning, as Jenkins gives it: once
 * for each application that a restart finds.
 *
 * @param stream the application's own way to the log
 */
public record BuildLog(Run<?, ?> run, PrintStream stream) implements ApplicationLog {
    /** How much is read of a log that ends before what a checkpoint says: the disk lost the rest, but not more than this. */
    private static final long LOST_BYTES = 16L * 1024 * 1024;

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
    public InputStream from(long offset) throws IOException {
        File file = file();
        if (!file.isFile()) {
            return run.getLogInputStream();
        }
        long length = file.length();
        InputStream in = Files.newInputStream(file.toPath());
        try {
            in.skipNBytes(offset <= length ? offset : Math.max(0, length - LOST_BYTES));
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private File file() {
        return new File(run.getRootDir(), "log");
    }
}
