package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccessKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A credential for the bucket of an upload path, and the check of that path. */
class S3AccessIT extends S3Case {
    /** With another endpoint for all else, as a job might set it. */
    @Test
    void usesACredentialForItsBucketAloneAndWithItsOwnSettings() throws Exception {
        Path file = randomFile("a.bin", 10);
        Map<String, String> ofTheCluster = new HashMap<>(server.properties());
        AccessKey key =
                new AccessKey(ofTheCluster.remove("fs.s3a.access.key"), ofTheCluster.remove("fs.s3a.secret.key"), null);
        Map<String, String> ofTheJob = new HashMap<>(ofTheCluster);
        ofTheJob.put("fs.s3a.endpoint", "http://127.0.0.1:" + S3Server.freePort());
        HadoopGateway gateway = new HadoopGateway(
                new HadoopSettings(ofTheJob, null, false),
                new StorageAccess(
                        new StorageLogin("s3a://uploads/elsewhere", key),
                        new HadoopSettings(ofTheCluster, null, false)));

        StagedArtifacts staged = upload(new ArtifactUploader(gateway), 1, file);

        assertHolds(staged, file);
        assertThat(new ArtifactUploader(gateway).delete(staged)).isEmpty();
        assertThat(names(root)).isEmpty();
        assertThat(new UploadPathCheck(gateway, root).run()).isEmpty();
        assertThat(names(root)).isEmpty();
        assertThat(new UploadPathCheck(gateway, "s3a://another/x").run())
                .map(UploadPathCheck.Problem::reason)
                .hasValueSatisfying(reason -> assertThat(reason).contains("no credentials for s3a://another/x"));
    }

    @Test
    void checkNamesTheStageAndTheReason() throws Exception {
        Map<String, String> settings = new HashMap<>(server.properties());
        StorageLogin wrong =
                new StorageLogin(root, new AccessKey(settings.remove("fs.s3a.access.key"), "wrong-secret-value", null));
        HadoopSettings ofTheCluster = new HadoopSettings(settings, null, false);

        assertThat(new UploadPathCheck(new HadoopGateway(ofTheCluster, new StorageAccess(wrong, ofTheCluster)), root)
                        .run())
                .hasValueSatisfying(problem -> {
                    assertThat(problem.stage()).isEqualTo(UploadPathCheck.Stage.WRITE);
                    assertThat(problem.reason())
                            .contains(root, "does not accept the secret key")
                            .doesNotContain("wrong-secret-value");
                });
    }
}
