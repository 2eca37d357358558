package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the folder of an application's logs, but not that of its build: a build that was deleted stays deleted. */
final class LogFileFolder {
    private LogFileFolder() {}

    static void create(LogFolder folder) throws IOException {
        Path path = folder.path();
        Path parent = path.getParent();
        if (parent != null && !Files.isDirectory(path)) {
            make(parent);
            make(path);
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
