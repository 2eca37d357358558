package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real HDFS in this process: a name node and one data node; started for a test class and stopped with it. */
final class HdfsCluster implements AutoCloseable {
    /** Enough for a test, and small enough that a file of some hundred kilobytes has several blocks. */
    private static final long BLOCK_BYTES = 1024 * 1024;

    /** Held, or the level would be forgotten with the logger: both nodes log every step at INFO. */
    private static final Logger HADOOP = Logger.getLogger("org.apache.hadoop");

    private final MiniDFSCluster cluster;
    private final DistributedFileSystem fileSystem;

    private HdfsCluster(MiniDFSCluster cluster) throws IOException {
        this.cluster = cluster;
        this.fileSystem = cluster.getFileSystem();
    }

    static HdfsCluster start(Path directory) throws IOException {
        HADOOP.setLevel(Level.SEVERE);
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
        configuration.setLong("dfs.blocksize", BLOCK_BYTES);
        configuration.setLong("dfs.namenode.fs-limits.min-block-size", BLOCK_BYTES);
        configuration.setBoolean("dfs.permissions.enabled", true);
        return new HdfsCluster(
                new MiniDFSCluster.Builder(configuration).numDataNodes(1).build());
    }

    /** Such as {@code hdfs://localhost:41234}. */
    String uri() {
        return cluster.getURI().toString();
    }

    /** Port of the name node's web pages, which does not speak the protocol of its RPC port. */
    int httpPort() {
        return cluster.getNameNode().getHttpAddress().getPort();
    }

    /** Small blocks for the client too. */
    HadoopSettings settings() {
        return new HadoopSettings(Map.of("dfs.blocksize", String.valueOf(BLOCK_BYTES)), null, false);
    }

    DistributedFileSystem fileSystem() {
        return fileSystem;
    }

    boolean exists(String path) throws IOException {
        return fileSystem.exists(new org.apache.hadoop.fs.Path(path));
    }

    int count(String directory) throws IOException {
        FileStatus[] entries = fileSystem.listStatus(new org.apache.hadoop.fs.Path(directory));
        return entries.length;
    }

    byte[] read(String path) throws IOException {
        try (var in = fileSystem.open(new org.apache.hadoop.fs.Path(path))) {
            return in.readAllBytes();
        }
    }

    String makeDirectory(String path) throws IOException {
        fileSystem.mkdirs(new org.apache.hadoop.fs.Path(path));
        return uri() + path;
    }

    void chmod(String path, String mode) throws IOException {
        fileSystem.setPermission(new org.apache.hadoop.fs.Path(path), new FsPermission(mode));
    }

    static boolean isEmptyDirectory(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    @Override
    public void close() throws IOException {
        fileSystem.close();
        cluster.shutdown(true);
    }
}
