package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.jenkins.agent.SubmissionRequest;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadPolicy;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import java.io.IOException;
import java.util.Map;

/** Makes what travels to the workspace's node of a step's arguments, its cluster and its credentials. */
record SubmissionRequestFactory(SubmissionArguments arguments, BuildContext build, SparkCluster cluster) {
    /** Who submits, for the driver's {@code SPARK_USER}; the account that the controller runs as tells nobody anything. */
    private static final String USER = "jenkins";

    SubmissionRequest create(ApplicationIdentity identity) throws IOException, InterruptedException {
        Map<String, String> conf = arguments.conf();
        BuildLabels.addTo(conf, build.run());
        return new SubmissionRequest(
                arguments.application(),
                arguments.mainClass(),
                arguments.args(),
                arguments.files(),
                cluster.defaults(),
                conf,
                new SecretValues(build.run()).of(arguments.secretConf(), build.environment()),
                identity,
                USER,
                new UploadPolicy(cluster.getUploadPath(), true));
    }
}
