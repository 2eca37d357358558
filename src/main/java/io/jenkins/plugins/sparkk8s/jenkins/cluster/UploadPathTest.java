package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Node;
import hudson.remoting.Future;
import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.UploadPathCheck.Stage;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Writes a small file to the upload path of a cluster, reads it and removes it again, in the way that a build does, on the controller or
 * on a node. It takes only file systems that cannot be led back to other files of the machine; {@code file:} is among
 * them because only an administrator gets here.
 */
final class UploadPathTest {
    private static final Logger LOGGER = Logger.getLogger(UploadPathTest.class.getName());
    private static final Set<String> SCHEMES =
            Set.of("file", "hdfs", "webhdfs", "swebhdfs", "s3a", "gs", "abfs", "abfss", "oss", "cosn", "obs");
    /** Longer than the check itself takes; the first one on an agent also waits for classes. */
    private static final Duration ANSWER = Duration.ofMinutes(3);

    private static final String ENDPOINT = "fs.s3a.endpoint";
    /** An administrator waits for the answer. */
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
    private final String node;

    /**
     * @param cluster one with an upload path
     * @param node name or label of a node; null for the controller
     */
    UploadPathTest(SparkCluster cluster, String node) {
        this.cluster = cluster;
        this.node = node;
    }

    FormValidation run() throws InterruptedException {
        String path = cluster.getUploadPath();
        int colon = path.indexOf(':');
        String scheme = colon < 0 ? "file" : path.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            return FormValidation.warning(Messages.UploadPathTest_NotFromHere(scheme));
        }
        try {
            UploadPathCall call = call(UploadCredential.of(cluster, null));
            if (node == null) {
                return result(call.run(), Messages.UploadPathTest_Controller());
            }
            Optional<Node> chosen = node();
            return chosen.isPresent()
                    ? on(chosen.get(), call)
                    : FormValidation.error(Messages.UploadPathTest_NoSuchNode(node));
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private UploadPathCall call(StorageLogin login) {
        TreeMap<String, String> properties = new TreeMap<>(hadoop());
        properties.putAll(TIME_LIMITS);
        return new UploadPathCall(cluster.getUploadPath(), properties, login);
    }

    private Map<String, String> hadoop() {
        return SparkConf.of(cluster.defaults()).withPrefix(KeyPrefixes.HADOOP);
    }

    /** The node of that name, or the first with that label, which is online. */
    private Optional<Node> node() {
        Node named = Jenkins.get().getNode(node);
        Label label = named == null ? Jenkins.get().getLabel(node) : null;
        Collection<Node> labelled = label == null ? List.of() : label.getNodes();
        return Stream.concat(Stream.ofNullable(named), labelled.stream())
                .filter(candidate -> candidate.getRootPath() != null)
                .findFirst();
    }

    private FormValidation on(Node chosen, UploadPathCall call) throws InterruptedException {
        String name = chosen.getNodeName();
        FilePath root = Objects.requireNonNull(chosen.getRootPath(), "the node was online");
        try {
            Future<UploadPathCall.Result> answer = root.actAsync(call);
            try {
                return result(
                        answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS),
                        name.isEmpty() ? Messages.UploadPathTest_Controller() : Messages.UploadPathTest_Agent(name));
            } finally {
                answer.cancel(true);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOGGER.log(Level.FINE, e, () -> "No answer from " + name);
            return FormValidation.error(Messages.UploadPathTest_NoAnswer(name, ANSWER.toSeconds()));
        }
    }

    private FormValidation result(UploadPathCall.Result result, String where) {
        String path = cluster.getUploadPath();
        if (result.worked()) {
            return FormValidation.ok(Messages.UploadPathTest_Writable(path, where));
        }
        String stage = stage(result.stage());
        String endpoint = hadoop().get(ENDPOINT);
        String sentence = Messages.UploadPathTest_Failed(path, stage, where, result.reason());
        return FormValidation.error(
                endpoint == null || !path.startsWith("s3a:")
                        ? sentence
                        : sentence + " " + Messages.UploadPathTest_Endpoint(endpoint, KeyPrefixes.HADOOP + ENDPOINT));
    }

    private static String stage(Stage stage) {
        return switch (stage) {
            case WRITE -> Messages.UploadPathTest_Written();
            case READ -> Messages.UploadPathTest_Read();
            case REMOVE -> Messages.UploadPathTest_Removed();
        };
    }
}
