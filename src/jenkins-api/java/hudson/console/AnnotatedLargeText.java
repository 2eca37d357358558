package hudson.console;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import org.kohsuke.stapler.framework.io.LargeText;

public class AnnotatedLargeText<T> extends LargeText {
    private final File file;

    public AnnotatedLargeText(File file, Charset charset, boolean completed, T context) {
        super(file, charset, completed);
        this.file = file;
    }

    public long writeLogTo(long start, OutputStream out) throws IOException {
        byte[] all = Files.readAllBytes(file.toPath());
        out.write(all, (int) start, (int) (all.length - start));
        return all.length;
    }
}
