package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.staging.UploadPathCheck;
import io.jenkins.plugins.sparkk8s.staging.UploadPathCheck.Stage;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.io.File;
import java.io.Serializable;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Checks an upload path on any node.
 *
 * @param properties of Hadoop
 * @param login null for what the node has itself
 */
record UploadPathCall(String path, TreeMap<String, String> properties, StorageLogin login)
        implements ControllerToAgentFileCallable<UploadPathCall.Result> {

    /** The secrets of file systems may be among the values. */
    @Override
    public String toString() {
        return "check of " + path;
    }

    /**
     * @param stage what did not work; null when all worked
     * @param reason a sentence without secrets; null when all worked
     */
    record Result(Stage stage, String reason) implements Serializable {

        boolean worked() {
            return stage == null;
        }
    }

    @Override
    public Result invoke(File anywhere, VirtualChannel channel) throws InterruptedException {
        return run();
    }

    Result run() throws InterruptedException {
        HadoopSettings settings = new HadoopSettings(properties, null, false);
        HadoopGateway hadoop = login == null
                ? new HadoopGateway(settings)
                : new HadoopGateway(settings, new StorageAccess(login, settings));
        SecretMask mask = login == null ? SecretMask.none() : login.mask();
        return new UploadPathCheck(hadoop, path)
                .run()
                .map(problem -> new Result(problem.stage(), mask.mask(problem.reason())))
                .orElseGet(() -> new Result(null, null));
    }
}
