package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import hudson.FilePath;
import hudson.model.Node;
import io.jenkins.plugins.sparkk8s.jenkins.agent.JobStorage;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadAccess;
import io.jenkins.plugins.sparkk8s.jenkins.agent.WorkspaceSubmission;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ClusterAccess;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * What was uploaded for one application.
 *
 * @param directories may be empty
 * @param nodeName of the node that uploaded; empty for the built-in one, null when nothing was uploaded
 */
public record Uploads(List<String> directories, String nodeName) {

    /**
     * Removes them.
     *
     * @param job counts where the node that uploaded them does it
     * @return one sentence for each cause that some are left for
     * @throws IOException when the agent, or the credential of the upload path, is gone
     */
    public List<String> remove(SparkCluster cluster, ClusterAccess clusters, JobStorage job)
            throws IOException, InterruptedException {
        return WorkspaceSubmission.delete(
                directories,
                cluster.defaults(),
                UploadAccess.of(cluster, null).with(job),
                node(),
                new SubmittersOfCluster(cluster, clusters));
    }

    /** The root of the node that uploaded; null for the built-in one, or when it is offline. */
    private FilePath node() {
        Node node =
                nodeName == null || nodeName.isEmpty() ? null : Jenkins.get().getNode(nodeName);
        return node == null ? null : node.getRootPath();
    }
}
