package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.nio.file.Path;

/**
 * A file or directory of the host that a container sees at a path of its own.
 *
 * @param source the host's file or directory
 * @param path absolute path in the container
 * @param readOnly whether the container may not write
 */
record Mount(Path source, String path, boolean readOnly) {}
