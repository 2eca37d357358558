package io.jenkins.plugins.sparkk8s.jenkins.submission;

import io.jenkins.plugins.sparkk8s.jenkins.agent.SubmissionRequest;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadAccess;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Makes what travels to the workspace's node of a step's arguments, its cluster and its credentials. */
record SubmissionRequestFactory(SubmissionArguments arguments, BuildContext build, SparkCluster cluster) {
    /** Who submits, for the driver's {@code SPARK_USER}; the account that the controller runs as says little. */
    private static final String USER = "jenkins";

    /** From then on the record hides the values of the credentials. */
    SubmissionRequest create(ApplicationRecord record) throws IOException, InterruptedException {
        Map<String, String> conf = arguments.conf();
        BuildLabels.addTo(conf, build.run());
        Map<String, String> plain = new TreeMap<>(cluster.defaults());
        plain.putAll(conf);
        Map<String, String> secrets =
                new ApplicationSecrets(record, build.run()).lookUp(arguments.secretConf(), build, plain);
        UploadAccess uploads = UploadAccess.of(cluster, build.run());
        record.hide(uploads.mask());
        return new SubmissionRequest(
                arguments.application(),
                arguments.mainClass(),
                arguments.args(),
                arguments.files(),
                cluster.defaults(),
                conf,
                secrets,
                record.identity(),
                USER,
                uploads);
    }
}
