package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * An archive of a folder that is made while it is sent, so that it needs no room on the submitter's disk. Its name under the
 * upload path comes from the files in it, so that it is not even made when it is there already.
 *
 * @param entries in the order in which they are written
 */
public record PackedFolder(List<Entry> entries, Format format) {

    public PackedFolder {
        entries = List.copyOf(entries);
    }

    /**
     * One file, or link, of the archive.
     *
     * @param name in the archive, with slashes
     * @param link where a link leads, as it is written there; null for a file
     */
    public record Entry(String name, Path source, boolean executable, String link) {

        /** All of it that decides the archive's bytes, but for what a file holds. */
        public String description() {
            return name + (executable ? "*" : "") + (link == null ? "" : " -> " + link);
        }
    }

    /** A kind of archive, which makes the same bytes of the same entries. */
    public interface Format {
        Archive begin(OutputStream out) throws IOException;
    }

    /** An archive that is being written. */
    public interface Archive {
        /**
         * Begins an entry; the one before has ended.
         *
         * @param size in bytes; 0 for a link
         * @return receives what a file holds; not to be closed
         */
        OutputStream next(Entry entry, long size) throws IOException;

        /** Writes what comes after the last entry; does not close the stream below. */
        void end() throws IOException;
    }
}
