package io.jenkins.plugins.sparkk8s.application;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files of its machine a submission may read.
 *
 * <p>The user of the command may read what the system lets them read. A job of a shared server may not: what it names
 * must be its own, or it would send other people's files to its application.
 */
@FunctionalInterface
public interface LocalFileAccess {

    /**
     * Why a file may not be read, as the end of a sentence that begins with its name; empty when it may be read. The
     * file need not exist.
     */
    Optional<String> refusal(Path path);

    static LocalFileAccess unlimited() {
        return path -> Optional.empty();
    }

    /** Nothing may be read, for the reason given. */
    static LocalFileAccess none(String reason) {
        return path -> Optional.of(reason);
    }

    /**
     * Only what is in these folders, which must exist. Links are followed, so that none leads out.
     *
     * @param folder where the user's files are
     * @param scratch where the submitter makes files of its own
     * @throws IOException when a folder cannot be looked at
     */
    static LocalFileAccess within(Path folder, Path scratch) throws IOException {
        return new FolderAccess(folder.toRealPath(), scratch.toRealPath());
    }
}
