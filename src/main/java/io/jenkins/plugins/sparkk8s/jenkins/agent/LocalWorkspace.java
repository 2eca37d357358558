package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import java.nio.file.Path;
import java.util.Map;

/**
 * The files that an application is submitted from.
 *
 * @param folders makes files of folders; null when there is no workspace, and not asked then
 * @param digests a file that remembers checksums until the next build; null to remember none
 */
record LocalWorkspace(SubmitterEnvironment environment, PackedFolders folders, Path digests) {

    /** Without any file. */
    static LocalWorkspace none(SubmitterEnvironment environment) {
        return new LocalWorkspace(environment, null, null);
    }

    Map<Path, PackedFolder> packed() {
        return folders == null ? Map.of() : folders.packed();
    }
}
