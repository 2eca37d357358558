package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes the folder of an application's logs, but not that of its build: a build that was deleted stays deleted. */
public final class LogFileFolder {
    private static final Logger LOGGER = Logger.getLogger(LogFileFolder.class.getName());

    private LogFileFolder() {}

    static void create(LogFolder folder) throws IOException {
        Path path = folder.path();
        Path parent = path.getParent();
        if (parent != null && !Files.isDirectory(path)) {
            make(parent);
            make(path);
        }
    }

    /** The logs are those of another record of the same application from now on. */
    public static void move(LogFolder from, LogFolder to) {
        try {
            if (Files.isDirectory(from.path())) {
                Files.move(from.path(), to.path(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> from.path() + " cannot be moved; another file of the log begins");
        }
    }

    private static void make(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            try {
                Files.createDirectory(path);
            } catch (FileAlreadyExistsException e) {
                // Another application of the build has just made it.
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
    }
}
