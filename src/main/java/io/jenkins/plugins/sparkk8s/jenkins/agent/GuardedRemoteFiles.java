package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.RemoteFiles;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;

/**
 * Reads only files below folders that an administrator named: a job could read whatever the agent, the controller or a credential of
 * the cluster can.
 *
 * @param policy names the folders
 * @param files reads them
 */
record GuardedRemoteFiles(UploadPolicy policy, RemoteFiles files) implements RemoteFiles {

    @Override
    public byte[] read(String key, String location) {
        if (!policy.isConfigured(location)) {
            throw new ConfigurationException(
                    "%s names %s, but remote files are read only below the cluster's upload path and the folders that it allows for uploads. Use a file of the workspace, or ask an administrator to allow the folder."
                            .formatted(key, location));
        }
        return files.read(key, location);
    }
}
