package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter;
import io.jenkins.plugins.sparkk8s.submission.SubmissionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A submission to an API server that refuses it or cannot be reached, and the sentence that a user reads. */
abstract class ApiErrorsCase {
    static final String PREFIX = "spark.kubernetes.authenticate.submission.";

    @TempDir
    Path folder;

    KubernetesApiServer server;
    private Path ca;

    @BeforeEach
    void start() throws IOException {
        server = KubernetesApiServer.builder().start();
        ca = Files.writeString(folder.resolve("ca.crt"), server.caCertificatePem());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    SparkConf base() {
        return SparkConf.of(Map.of("spark.master", "k8s://" + server.url()));
    }

    SparkConf trusting() {
        return base().with(PREFIX + "caCertFile", ca.toString());
    }

    SparkConf admin() {
        return trusting().with(PREFIX + "oauthToken", server.adminToken());
    }

    KubernetesClient client(SparkConf conf) {
        return KubernetesClientFactory.create(conf, new SubmitterEnvironment(Map.of(), "jane", folder));
    }

    String failure(SparkConf conf) {
        return failure(conf, Applications.java());
    }

    String failure(SparkConf conf, Applications application) {
        return refusal(conf, application).getMessage();
    }

    ClusterException refusal(SparkConf conf, Applications application) {
        try (KubernetesClient client = client(conf)) {
            return catchThrowableOfType(
                    ClusterException.class,
                    () -> DriverSubmitter.submit(
                            client, application.build(), DriverSubmitter.Attempt.FIRST, SubmissionListener.NONE));
        }
    }
}
