package io.jenkins.plugins.sparkk8s.staging.plan;

import java.nio.file.Path;
import java.util.List;

/** Is notified of how far an upload is, on any thread and on several at once. */
public interface StagingListener {

    /** Ignores everything. */
    StagingListener SILENT = new StagingListener() {};

    /**
     * It is known what must be sent.
     *
     * @param files of how many it is
     * @param bytes of all of them
     * @param present how many files are there already
     */
    default void started(int files, long bytes, int present) {}

    /** Some more bytes of a file are on their way; called often. */
    default void sent(Path file, long bytes) {}

    /** A file has arrived as a whole. */
    default void uploaded(Path file, String target, long bytes) {}

    /** A file was there already. */
    default void present(Path file, String target, long bytes) {}

    /** The upload was cancelled, and these directories could not be removed yet. */
    default void left(List<String> directories) {}
}
