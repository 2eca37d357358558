package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submitters in JVMs of their own are killed while they share an upload path with others and with two controllers. Nothing that
 * is in use is lost or mixed, and nothing is left a day later.
 */
@Timeout(300)
class KilledSubmittersIT {
    private static final int KILLS = Integer.getInteger("killed.submitters", 12);
    private static final long SEED = Long.getLong("killed.seed", System.nanoTime());

    @TempDir
    Path temporary;

    @Test
    void loseMixAndLeaveNothingOnHdfs() throws Exception {
        try (HdfsCluster hdfs = HdfsCluster.start(temporary.resolve("hdfs"))) {
            verify(hdfs.uri() + "/killed", hdfs.settings().properties());
        }
    }

    @Test
    void loseMixAndLeaveNothingOnS3() throws Exception {
        try (S3Server server = S3Server.start(Files.createDirectory(temporary.resolve("s3")))) {
            verify("s3a://uploads/killed", server.properties());
        }
    }

    @Test
    void loseMixAndLeaveNothingInAMountedFolder() throws Exception {
        verify("file:" + temporary.toRealPath().resolve("uploads"), Map.of());
    }

    private void verify(String root, Map<String, String> properties) throws Exception {
        HadoopGateway hadoop = new HadoopGateway(new HadoopSettings(properties, null, false));
        KilledSubmitters submitters = new KilledSubmitters(hadoop, properties, root, temporary.toRealPath(), SEED);

        submitters.run(KILLS);

        String run = "seed %d: %d applications ended, %d were killed, %d files were compared"
                .formatted(SEED, submitters.ended.get(), submitters.killedAtWork.get(), submitters.checked.get());
        System.out.println(root + ", " + run);
        assertThat(submitters.faults).as(run).isEmpty();
        assertThat(submitters.killedAtWork).as(run).hasPositiveValue();
        assertThat(submitters.checked).as(run).hasPositiveValue();
        assertThat(submitters.left()).as(run).isEmpty();
    }
}
