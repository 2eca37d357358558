package io.jenkins.plugins.sparkk8s.staging;

import java.nio.file.Path;

/** Hears how uploading goes on; called in the thread that uploads. */
public interface StagingListener {

    /** Hears nothing. */
    StagingListener SILENT = new StagingListener() {
        @Override
        public void progress(Path file, long sentBytes, long totalBytes) {}

        @Override
        public void uploaded(Path file, String target, long bytes) {}
    };

    /** Some bytes of a file are on their way; called often. */
    void progress(Path file, long sentBytes, long totalBytes);

    /** A file has arrived as a whole. */
    void uploaded(Path file, String target, long bytes);
}
