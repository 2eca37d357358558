package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Uploads the same files with ours, with {@code FileSystem.copyFromLocalFile} as spark-submit calls it, and with a bare loop
 * of reads and writes, in turns, to HDFS, to an S3 server and to a local folder. Run it by {@code bench/staging}.
 */
public final class StagingBench {
    private static final int KIB = 1024;

    private final Path scratch;
    private int uploads;

    private StagingBench(Path scratch) {
        this.scratch = scratch;
    }

    private record Case(String name, List<Path> files) {}

    private record Store(String root, Map<String, String> properties) {}

    private interface Work {
        void run() throws Exception;
    }

    /** @param args size in MiB of the one big file, and which stores: hdfs, s3, local; all by default */
    public static void main(String[] args) throws Exception {
        int big = Integer.parseInt(args[0]);
        List<String> wanted = args.length > 1 ? List.of(args).subList(1, args.length) : List.of("local", "hdfs", "s3");
        Path scratch = Files.createTempDirectory("staging-bench").toRealPath();
        try {
            StagingBench bench = new StagingBench(scratch);
            List<Case> cases = List.of(
                    bench.files("1 of %d MiB".formatted(big), 1, big * KIB),
                    bench.files("20 of 20 MiB", 20, 20 * KIB),
                    bench.files("2000 of 20 KiB", 2000, 20));
            System.out.printf("%-6s %-15s %9s %9s %9s %9s%n", "store", "files", "Spark's", "raw", "ours", "again");
            for (String name : wanted) {
                bench.measure(name, cases);
            }
        } finally {
            delete(scratch);
        }
        System.exit(0);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }

    private Case files(String name, int count, int kib) throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("source-" + count));
        byte[] block = new byte[KIB];
        Random random = new Random(count);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("file" + i);
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int k = 0; k < kib; k += 64) {
                    random.nextBytes(block);
                    for (int j = 0; j < Math.min(64, kib - k); j++) {
                        out.write(block);
                    }
                }
            }
            files.add(file);
        }
        return new Case(name, files);
    }

    private void measure(String name, List<Case> cases) throws Exception {
        Path directory = Files.createDirectory(scratch.resolve(name));
        switch (name) {
            case "hdfs" -> {
                try (HdfsCluster hdfs = HdfsCluster.start(directory)) {
                    measure(name, new Store(hdfs.uri() + "/up", Map.of("dfs.blocksize", "134217728")), cases);
                }
            }
            case "s3" -> {
                try (S3Server server = S3Server.start(directory)) {
                    measure(name, new Store("s3a://uploads/up", server.properties()), cases);
                }
            }
            default -> measure(name, new Store("file:" + directory, Map.of()), cases);
        }
        delete(directory);
    }

    private void measure(String name, Store store, List<Case> cases) throws Exception {
        for (Case one : cases) {
            // Classes are loaded and connections made by a run that does not count.
            Case warm =
                    new Case("", one.files().subList(0, Math.min(20, one.files().size())));
            if (one.files().size() > 1) {
                spark(store, warm);
                raw(store, warm);
                ours(store, warm, "warm" + one.files().size());
            }
            double theirs = seconds(() -> spark(store, one));
            double raw = seconds(() -> raw(store, one));
            double first = seconds(() -> ours(store, one, "up" + one.files().size()));
            double second = seconds(() -> ours(store, one, "up" + one.files().size()));
            System.out.printf(
                    "%-6s %-15s %7.2f s %7.2f s %7.2f s %7.3f s   %.2f of raw, %.1f times as fast as Spark's, again %.1f %%%n",
                    name, one.name(), theirs, raw, first, second, raw / first, theirs / first, 100 * second / first);
        }
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static FileSystem open(Store store) throws IOException {
        Configuration configuration = new Configuration();
        Map<String, String> properties = new HashMap<>(store.properties());
        // What the bundled SDK cannot do without its other libraries.
        properties.put("fs.s3a.input.stream.type", "classic");
        properties.put("fs.s3a.audit.enabled", "false");
        properties.forEach(configuration::set);
        return FileSystem.newInstance(java.net.URI.create(store.root()), configuration);
    }

    private org.apache.hadoop.fs.Path target(Store store, Path file) {
        return new org.apache.hadoop.fs.Path(
                store.root() + "/spark-upload-bench-" + uploads++ + "/" + file.getFileName());
    }

    private void spark(Store store, Case one) throws IOException {
        try (FileSystem fileSystem = open(store)) {
            for (Path file : one.files()) {
                fileSystem.copyFromLocalFile(
                        false, true, new org.apache.hadoop.fs.Path(file.toUri()), target(store, file));
            }
        }
    }

    private void raw(Store store, Case one) throws IOException {
        byte[] buffer = new byte[128 * KIB];
        try (FileSystem fileSystem = open(store)) {
            for (Path file : one.files()) {
                try (InputStream in = Files.newInputStream(file);
                        OutputStream out = fileSystem.create(target(store, file), true)) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        out.write(buffer, 0, read);
                    }
                }
            }
        }
    }

    /** Opens everything again, as a submission does, and remembers checksums as the command does. */
    private void ours(Store store, Case one, String folder) throws Exception {
        HadoopGateway gateway = new HadoopGateway(new HadoopSettings(store.properties(), null, false));
        StagingPlan plan = Applications.plan(
                Applications.identity(uploads++),
                Map.of(),
                store.root() + folder,
                one.files().toArray(Path[]::new));
        new ArtifactUploader(gateway, scratch.resolve("digests")).upload(plan, StagingListener.SILENT);
    }
}
