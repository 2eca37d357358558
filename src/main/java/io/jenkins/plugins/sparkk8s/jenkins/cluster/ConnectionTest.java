package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.AbortException;
import hudson.util.FormValidation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.ApplicationResolver;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.driver.DriverSpecBuilder;
import io.jenkins.plugins.sparkk8s.preflight.Preflight;
import io.jenkins.plugins.sparkk8s.preflight.PreflightReport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A try of a cluster's settings for the administrator who fills in the form; one object for each try. It creates
 * nothing in the cluster; in the upload folder a small file, which it removes again.
 */
final class ConnectionTest {
    private static final Logger LOGGER = Logger.getLogger(ConnectionTest.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private final SparkCluster cluster;
    private final String uploadNode;
    private final ClusterConnections connections;
    private final List<FormValidation> findings = new ArrayList<>();

    /** @param uploadNode name or label of the node whose access to the upload path is tested; null for the controller */
    ConnectionTest(SparkCluster cluster, String uploadNode, ClusterConnections connections) {
        this.cluster = cluster;
        this.uploadNode = uploadNode;
        this.connections = connections;
    }

    /** What was found, the most basic first; never empty. */
    List<FormValidation> run() throws InterruptedException {
        ClusterChecks.problems(cluster).forEach(this::error);
        if (!findings.isEmpty()) {
            return findings;
        }
        try (KubernetesClient client = connections.openForTest(cluster, CONNECT, REQUEST)) {
            if (findVersion(client)) {
                findPermissions(client);
            }
            findUploadPath();
        } catch (AbortException e) {
            error(e.getMessage());
        }
        return findings;
    }

    private boolean findVersion(KubernetesClient client) {
        try {
            findings.add(FormValidation.ok(Messages.ConnectionTest_Version(
                    client.getKubernetesVersion().getGitVersion())));
            return true;
        } catch (KubernetesClientException e) {
            LOGGER.log(Level.FINE, e, () -> "No connection to " + cluster.apiServer());
            if (e.getCode() == 403 || e.getCode() == 404) {
                // Some clusters hide their version; that they answer is what counts.
                findings.add(FormValidation.ok(Messages.ConnectionTest_Answers()));
                return true;
            }
            error(ConnectionFailure.sentence(cluster.apiServer(), e));
            return false;
        }
    }

    private void findPermissions(KubernetesClient client) throws InterruptedException {
        try {
            PreflightReport report = Preflight.run(client, example());
            report.errors().forEach(this::error);
            report.warnings().forEach(this::warning);
            report.unchecked().forEach(this::warning);
            if (report.errors().isEmpty()) {
                findings.add(FormValidation.ok(Messages.ConnectionTest_Rights(cluster.effectiveNamespace())));
            }
        } catch (ActionableException e) {
            error(e.getMessage());
        }
    }

    /** An application that will not run, with all that the cluster's settings bring to every one. */
    private DriverSpec example() {
        Map<String, String> conf = new HashMap<>(cluster.defaults());
        conf.putIfAbsent(KubernetesOptions.CONTAINER_IMAGE.key(), "spark");
        SubmitterEnvironment environment = new SubmitterEnvironment(Map.of(), "jenkins", Path.of("/"));
        SparkApplication application = new ApplicationResolver(environment, pattern -> List.of(pattern))
                .resolve(new ApplicationRequest(
                        "local:///opt/application.jar", "Application", List.of(), null, SparkConf.of(conf)));
        return DriverSpecBuilder.of(
                        application, ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC()), environment)
                .preview();
    }

    private void findUploadPath() throws InterruptedException {
        if (cluster.getUploadPath() != null) {
            findings.add(new UploadPathTest(cluster, uploadNode).run());
        }
    }

    private void error(String sentence) {
        findings.add(FormValidation.error(sentence));
    }

    private void warning(String sentence) {
        findings.add(FormValidation.warning(sentence));
    }
}
