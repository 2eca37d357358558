package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.ApplicationResolver;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes a small file to the upload path of a cluster and removes it again, in the way that a build does. It runs on
 * the controller, so it takes only file systems that cannot be led back to other files of the controller; {@code file:}
 * is among them because only an administrator gets here.
 */
final class UploadPathTest {
    private static final Logger LOGGER = Logger.getLogger(UploadPathTest.class.getName());
    private static final Set<String> SCHEMES =
            Set.of("file", "hdfs", "webhdfs", "swebhdfs", "s3a", "gs", "abfs", "abfss", "oss", "cosn", "obs");

    /** An administrator waits for the answer. */
    private static final SubmitterEnvironment ENVIRONMENT = new SubmitterEnvironment(Map.of(), "jenkins", Path.of("/"));

    private static final Map<String, String> TIME_LIMITS = Map.of(
            "ipc.client.connect.timeout", "3000",
            "ipc.client.connect.max.retries", "0",
            "ipc.client.connect.max.retries.on.timeouts", "0",
            "ipc.client.rpc-timeout.ms", "5000",
            "dfs.client.failover.max.attempts", "1",
            "dfs.client.retry.max.attempts", "1",
            "dfs.webhdfs.socket.connect-timeout", "3s",
            "dfs.webhdfs.socket.read-timeout", "5s",
            "fs.s3a.retry.limit", "0",
            "fs.azure.io.retry.max.retries", "1");

    private final SparkCluster cluster;

    /** @param cluster one with an upload path */
    UploadPathTest(SparkCluster cluster) {
        this.cluster = cluster;
    }

    FormValidation run() throws InterruptedException {
        String path = cluster.getUploadPath();
        int colon = path.indexOf(':');
        String scheme = colon < 0 ? "file" : path.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            return FormValidation.warning(Texts.of("UploadPathTest.NotFromHere", scheme));
        }
        try {
            List<String> left = writeAndRemove();
            return left.isEmpty()
                    ? FormValidation.ok(Texts.of("UploadPathTest.Writable", path))
                    : FormValidation.warning(String.join(" ", left));
        } catch (ActionableException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not write to " + path);
            return FormValidation.error(e.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No temporary file", e);
            return FormValidation.warning(Texts.of("UploadPathTest.NoTemporaryFile"));
        }
    }

    private List<String> writeAndRemove() throws IOException, InterruptedException {
        Path file = Files.createTempFile("spark-k8s-submit", ".txt");
        try {
            Files.writeString(file, "Test of the upload path. This file can be removed.");
            Map<String, String> settings = new TreeMap<>(cluster.defaults());
            TIME_LIMITS.forEach((name, value) -> settings.put(KeyPrefixes.HADOOP + name, value));
            settings.put(KubernetesOptions.SUBMIT_UPLOADS.key(), "spark");
            settings.put(CoreOptions.FILES.key(), file.toUri().toString());
            SparkConf conf = SparkConf.of(settings);
            ArtifactUploader uploader = new ArtifactUploader(new HadoopGateway(HadoopSettings.of(conf, null, false)));
            StagedArtifacts staged = uploader.upload(
                    StagingPlan.of(
                            application(conf),
                            ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC()),
                            ENVIRONMENT),
                    StagingListener.SILENT);
            return uploader.delete(staged);
        } finally {
            Files.delete(file);
        }
    }

    private static SparkApplication application(SparkConf conf) {
        return new ApplicationResolver(ENVIRONMENT, pattern -> List.of(pattern))
                .resolve(new ApplicationRequest("local:///opt/application.jar", "Application", List.of(), null, conf));
    }
}
