package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.StagedArtifacts;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Removes upload directories, on any node; and once an hour what is old and used by no application under the same upload
 * path, such as the jars of earlier builds.
 *
 * @param defaults the cluster's configuration
 * @param ofJob the job's, of which only what {@link UploadClientSettings} lets through counts
 * @param secrets the job's, too
 * @param uploads what the cluster's credential is for
 */
record Deletion(
        ArrayList<String> directories,
        TreeMap<String, String> defaults,
        TreeMap<String, String> ofJob,
        TreeMap<String, String> secrets,
        UploadAccess uploads)
        implements ControllerToAgentFileCallable<ArrayList<String>> {

    /** The secrets of file systems are among the values. */
    @Override
    public String toString() {
        return "removal of " + directories;
    }

    @Override
    public ArrayList<String> invoke(File anywhere, VirtualChannel channel) {
        return run();
    }

    /** @return one sentence for each cause that some are left for */
    ArrayList<String> run() {
        List<String> own = directories.stream().filter(UploadDirectories::is).toList();
        if (own.isEmpty()) {
            return new ArrayList<>();
        }
        HadoopGateway hadoop = uploads.gateway(defaults, SparkConf.of(ofJob).withSecrets(secrets));
        ArtifactUploader uploader = new ArtifactUploader(hadoop);
        StagedArtifacts artifacts = new StagedArtifacts(Map.of(), own, 0);
        ArrayList<String> left = new ArrayList<>(uploader.delete(artifacts));
        if (left.isEmpty()) {
            // The controller has a record of each of its applications, and the cluster is not asked from here.
            uploader.sweep(artifacts, retention(), (application, master, namespace) -> false);
        }
        left.replaceAll(uploads.mask()::mask);
        return left;
    }

    private Duration retention() {
        return SparkConf.of(defaults).get(KubernetesOptions.SUBMIT_UPLOAD_RETENTION);
    }
}
