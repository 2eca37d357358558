package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.LocalStore;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

/**
 * A store that {@link StagingBench} writes to in other ways than this product's.
 *
 * @param properties of Hadoop that a client needs
 */
record BenchStore(String root, Map<String, String> properties) {
    private static final int BUFFER_BYTES = 256 * 1024;

    HadoopGateway gateway() {
        return new HadoopGateway(new HadoopSettings(properties, null, false));
    }

    private Configuration defaults() {
        Configuration configuration = new Configuration();
        Map<String, String> needed = new HashMap<>(properties);
        // What the bundled SDK cannot do without its other libraries.
        needed.put("fs.s3a.input.stream.type", "classic");
        needed.put("fs.s3a.audit.enabled", "false");
        needed.forEach(configuration::set);
        return configuration;
    }

    private org.apache.hadoop.fs.Path target(Path file, int number) {
        return new org.apache.hadoop.fs.Path(root + "/spark-upload-bench-" + number + "/" + file.getFileName());
    }

    /** As spark-submit does it, with Hadoop's own defaults; removes what it has written. */
    void spark(List<Path> files) throws IOException {
        Configuration configuration = defaults();
        int number = 0;
        try (FileSystem fileSystem = FileSystem.newInstance(URI.create(root), configuration)) {
            for (Path file : files) {
                // As FileSystem.copyFromLocalFile does it; that of S3A needs a library that is not here.
                FileUtil.copy(
                        FileSystem.getLocal(configuration),
                        new org.apache.hadoop.fs.Path(file.toUri()),
                        fileSystem,
                        target(file, number++),
                        false,
                        true,
                        configuration);
            }
        }
        remove("");
    }

    /** Reads and writes, on a file system with Hadoop's own defaults; on a mounted folder without any of Hadoop. */
    void bareLoop(List<Path> files) throws IOException {
        if (LocalStore.has(root)) {
            tunedLoop(files);
            return;
        }
        int number = 0;
        try (FileSystem fileSystem = FileSystem.newInstance(URI.create(root), defaults())) {
            for (Path file : files) {
                try (OutputStream out = fileSystem.create(target(file, number++), true)) {
                    copy(file, out);
                }
            }
        }
    }

    /** The same with the settings of this product. */
    void tunedLoop(List<Path> files) throws IOException {
        int number = 0;
        try (UploadStore opened = gateway().open(root)) {
            for (Path file : files) {
                opened.write(target(file, number++).toString(), false, out -> copy(file, out));
            }
        }
    }

    /**
     * The least that finding all of them there takes: the file system is opened, each file is looked at here, and there are as many
     * questions as this product has: one for each file, or one list of the folder for many.
     *
     * @param targets what this product has made of them, below the folder
     */
    void look(List<Path> files, String folder, Collection<String> targets) throws IOException {
        try (UploadStore opened = gateway().open(root)) {
            for (Path file : files) {
                Files.readAttributes(file, BasicFileAttributes.class);
            }
            if (targets.size() > 100
                    && opened.filledFolders(UploadNames.below(root, folder)).isPresent()) {
                return;
            }
            for (String target : targets) {
                if (opened.find(target).isEmpty()) {
                    throw new IOException("not there: " + target);
                }
            }
        }
    }

    private static void copy(Path file, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    /** @param folder below the root; empty for all of it */
    void remove(String folder) throws IOException {
        try (UploadStore opened = gateway().open(root)) {
            opened.delete(UploadNames.below(root, folder));
        }
    }
}
