package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that is needed to start a container's process.
 *
 * @param command program and arguments
 * @param environment the whole environment but what the host gives to every container
 * @param workingDirectory as the container sees it
 * @param directory the container's own directory on the host
 * @param mounts what to mount
 */
record ContainerSpec(
        List<String> command,
        Map<String, String> environment,
        String workingDirectory,
        Path directory,
        List<Mount> mounts) {}
