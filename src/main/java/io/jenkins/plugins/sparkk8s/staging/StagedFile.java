package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import java.nio.file.Path;

/**
 * One file that must travel.
 *
 * @param directory the directory made for this file alone, so that equal names do not meet
 */
record StagedFile(ResourceUri local, String directory) {
    Path source() {
        return local.localPath();
    }

    String target() {
        return directory + "/" + local.fileName();
    }
}
