package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.agent.Removal.OldMarker;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
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
        implements ControllerToAgentFileCallable<Removal> {
    /** More wait for the next sweep, an hour later; the controller asks the cluster for each. */
    private static final int MOST_OLD = 50;

    /** The secrets of file systems are among the values. */
    @Override
    public String toString() {
        return "removal of " + directories;
    }

    @Override
    public Removal invoke(File anywhere, VirtualChannel channel) {
        return run();
    }

    Removal run() {
        ArrayList<OldMarker> old = new ArrayList<>();
        List<String> own = directories.stream().filter(UploadDirectories::is).toList();
        if (own.isEmpty()) {
            return new Removal(new ArrayList<>(), old);
        }
        HadoopGateway hadoop = uploads.gateway(defaults, SparkConf.of(ofJob).withSecrets(secrets));
        ArtifactUploader uploader = new ArtifactUploader(hadoop);
        StagedArtifacts artifacts = new StagedArtifacts(Map.of(), own, 0);
        ArrayList<String> left = new ArrayList<>(uploader.delete(artifacts));
        if (left.isEmpty()) {
            String root = own.get(0).substring(0, own.get(0).lastIndexOf('/') + 1);
            uploader.sweep(artifacts, retention(), (application, master, namespace) -> {
                String marker = root + "spark-upload-%s-0".formatted(application.replaceFirst("^spark-", ""));
                if (old.size() < MOST_OLD && UploadDirectories.isOf(application, marker)) {
                    old.add(new OldMarker(marker, application, master, namespace));
                }
                return false;
            });
        }
        left.replaceAll(uploads.mask()::mask);
        return new Removal(left, old);
    }

    private Duration retention() {
        return SparkConf.of(defaults).get(KubernetesOptions.SUBMIT_UPLOAD_RETENTION);
    }
}
