package io.jenkins.plugins.sparkk8s.staging.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The file system of an upload path, opened once and used by several threads. Paths are as the user wrote them, with the
 * scheme. A call whose thread is interrupted ends with an {@link java.io.InterruptedIOException} or another exception that
 * has one, or an {@code InterruptedException}, as its cause.
 */
public interface UploadStore extends Closeable {

    /** How a file or folder comes to its final name as a whole. */
    enum Publication {
        /** A file that is written is visible when it is closed, and not at all when it is aborted. */
        ON_CLOSE,
        /** A folder that was written under another name is moved, which fails when there is one of that name. */
        MOVED_FOLDER,
        /** As before, but file by file: a folder may be visible before what it holds. */
        MOVED_FILES
    }

    /** Writes what a file is to hold. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;

        /**
         * Writes it to a new file of this machine, in any order.
         *
         * @param file its position does not matter when this returns
         */
        default void writeTo(FileChannel file) throws IOException {
            writeTo(Channels.newOutputStream(file));
        }

        /** The same for a store that takes a file in parts; empty when it can only be written from its first byte to its last. */
        default Optional<Ranges> ranges() {
            return Optional.empty();
        }

        /** Called when the store has taken more of it, also after all has been written; on any thread. */
        default void progressed() {}
    }

    Publication publication();

    Optional<StoredFile> find(String path) throws IOException;

    /** What a folder holds; empty when there is no such folder. */
    List<StoredFile> list(String folder) throws IOException;

    /**
     * The folders in a folder that are not empty themselves.
     *
     * @return empty when that is not known without asking for each
     */
    default Optional<List<StoredFile>> filledFolders(String folder) throws IOException {
        return Optional.empty();
    }

    /**
     * The bytes of a small file.
     *
     * @throws IOException also when it has more than {@code most} bytes
     */
    byte[] read(String path, int most) throws IOException;

    /**
     * Writes a file and makes the folders above it. When that fails, the file is not there, as far as the store can be
     * reached.
     *
     * @param fresh whether it is an error when there is such a file; else that is replaced
     */
    void write(String path, boolean fresh, Content content) throws IOException;

    void makeFolder(String folder) throws IOException;

    /**
     * Moves a folder of files to another name.
     *
     * @return false when there is one of that name, or a file of the same name in it
     */
    boolean move(String folder, String target) throws IOException;

    /** Removes a file, or a folder with all it holds; false when there is none. */
    boolean delete(String path) throws IOException;

    /**
     * Ends writes that a crash has left where no list shows them, as far as the store has any.
     *
     * @param names which of the names in the folder count
     * @param before when they began at the latest
     * @return how many
     */
    default int abortUnfinished(String folder, Predicate<String> names, Instant before) throws IOException {
        return 0;
    }
}
