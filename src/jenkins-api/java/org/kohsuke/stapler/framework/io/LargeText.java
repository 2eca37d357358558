package org.kohsuke.stapler.framework.io;

import java.io.File;
import java.nio.charset.Charset;

public class LargeText {
    private final File file;

    public LargeText(File file, Charset charset, boolean completed) {
        this.file = file;
    }

    public long length() {
        return file.length();
    }
}
