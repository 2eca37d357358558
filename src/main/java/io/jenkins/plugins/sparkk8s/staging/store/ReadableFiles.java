package io.jenkins.plugins.sparkk8s.staging.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Files of a file system that is open for reading; for one thread at a time. Paths have their scheme. */
public interface ReadableFiles {

    /** Whether there is a file of that name. */
    boolean isFile(String path) throws IOException;

    /** Names of the files in a folder; empty when there is no such folder. */
    List<String> names(String folder) throws IOException;

    /** Reads a file, which is closed after that. */
    <T> T read(String path, Reading<T> reading) throws IOException;

    /** Takes what it needs of a file. */
    interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    /** Work with files. */
    interface Work<T> {
        T with(ReadableFiles files) throws IOException;
    }
}
