package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A test with a real HDFS in this process. */
@Timeout(180)
abstract class HdfsCase {
    static final int SEVERAL_BLOCKS = 3_500_000;

    @TempDir
    static Path hdfsDirectory;

    static HdfsCluster hdfs;

    @TempDir
    Path temporary;

    @BeforeAll
    static void startHdfs() throws Exception {
        hdfs = HdfsCluster.start(hdfsDirectory);
    }

    @AfterAll
    static void stopHdfs() throws Exception {
        hdfs.close();
    }

    static ArtifactUploader uploader() {
        return new ArtifactUploader(new HadoopGateway(hdfs.settings()));
    }

    Path randomFile(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(temporary.toRealPath().resolve(name), content);
    }
}
