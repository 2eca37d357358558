package io.jenkins.plugins.sparkk8s.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Access to two folders and what is below them.
 *
 * @param folder the user's, as a real path
 * @param scratch the submitter's, as a real path
 */
record FolderAccess(Path folder, Path scratch) implements LocalFileAccess {
    private static final Logger LOGGER = Logger.getLogger(FolderAccess.class.getName());

    @Override
    public Optional<String> refusal(Path path) {
        return realPath(path.toAbsolutePath())
                        .filter(real -> real.startsWith(folder) || real.startsWith(scratch))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("which is outside of %s. Copy it there and name the copy.".formatted(folder));
    }

    /**
     * Where the path leads when all links are followed; a part that does not exist is taken as it is written. Empty
     * when it cannot be resolved.
     */
    private static Optional<Path> realPath(Path path) {
        Path existing = path;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return Optional.empty();
        }
        try {
            Path missing = existing.relativize(path);
            return Optional.of(existing.toRealPath().resolve(missing).normalize());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Cannot follow " + path);
            return Optional.empty();
        }
    }
}
