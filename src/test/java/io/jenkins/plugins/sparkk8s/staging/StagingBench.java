package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

/**
 * Uploads the same files with ours, with {@code FileSystem.copyFromLocalFile} as spark-submit calls it, and with a bare loop
 * of reads and writes to the same store, in turns, to HDFS, to an S3 server and to a local folder. Run it by
 * {@code bench/staging}.
 */
public final class StagingBench {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Submissions before those that are measured. */
    private static final int WARM = 100;

    private final Path scratch;
    private final int rounds;
    private int uploads;

    private StagingBench(Path scratch, int rounds) {
        this.scratch = scratch;
        this.rounds = rounds;
    }

    private record Case(String name, List<Path> files) {}

    private record Store(String root, Map<String, String> properties) {
        HadoopGateway gateway() {
            return new HadoopGateway(new HadoopSettings(properties, null, false));
        }
    }

    private interface SparksWay {
        void upload(Case files) throws Exception;
    }

    /**
     * @param args size in MiB of the one big file, how often each is measured (the middle one counts), and which stores:
     *     hdfs, s3, local; all by default
     */
    public static void main(String[] args) throws Exception {
        int big = Integer.parseInt(args[0]);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        List<String> wanted = args.length > 2 ? List.of(args).subList(2, args.length) : List.of("local", "hdfs", "s3");
        Path scratch = Files.createTempDirectory("staging-bench").toRealPath();
        try {
            StagingBench bench = new StagingBench(scratch, rounds);
            List<Case> cases = List.of(
                    bench.files("1 of %d MiB".formatted(big), 1, big * KIB),
                    bench.files("20 of 20 MiB", 20, 20 * KIB),
                    bench.files("2000 of 20 KiB", 2000, 20));
            System.out.printf("SHA-256: %.0f MiB/s%n", UploadCost.digestSpeed());
            System.out.printf(
                    "%-6s %-15s %9s %9s %9s %9s %10s%n", "store", "files", "Spark's", "raw", "ours", "again", "memory");
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
                try (HdfsProcess hdfs = HdfsProcess.start(directory)) {
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
        // Classes are loaded, compiled and connected by runs that do not count, as in a process that has uploaded
        // before.
        Case warm = new Case("", cases.get(1).files().subList(0, 5));
        for (int i = 0; i < 3; i++) {
            spark(store, warm);
            raw(store, warm);
            ours(store, warm, "warm" + i).run();
        }
        Case small = new Case("", cases.get(2).files().subList(0, 5));
        for (int i = 0; i < WARM; i++) {
            ours(store, small, "small" + i % 2).run();
        }
        for (Case one : cases) {
            measure(name, store, one);
        }
    }

    private void measure(String name, Store store, Case one) throws Exception {
        settle();
        List<Double> theirs = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            if (i < 2) {
                theirs.add(spark(one, few -> spark(store, few)));
            }
            pairs.add(pair(store, one, i));
        }
        Files.deleteIfExists(scratch.resolve("digests"));
        long memory = UploadCost.memory(ours(store, one, "memory"));
        remove(store, "memory");
        UploadCost bare = UploadCost.middle(pairs, Pair::raw);
        UploadCost ours = UploadCost.middle(pairs, Pair::first);
        UploadCost again = UploadCost.middle(pairs, Pair::again);
        System.out.printf(
                "%-6s %-15s %7.2f s %7.2f s %7.2f s %7.3f s %6d MiB   %.2f of raw (%s), %.1f times as fast as Spark's, again %.1f %%%n",
                name,
                one.name(),
                middle(theirs),
                bare.seconds(),
                ours.seconds(),
                again.seconds(),
                memory / MIB,
                middle(pairs.stream().map(Pair::speed).toList()),
                pairs.stream().map(Pair::speed).sorted().map("%.2f"::formatted).collect(Collectors.joining(" ")),
                middle(theirs) / ours.seconds(),
                100 * again.seconds() / ours.seconds());
        System.out.printf("%22s processor time: raw %s; ours %s; again %s; load %.1f%n", "", bare, ours, again, load());
    }

    /** What was measured in one round. */
    private record Pair(UploadCost raw, UploadCost first, UploadCost again) {
        /** Of the raw loop's. */
        double speed() {
            return raw.seconds() / first.seconds();
        }
    }

    /** One side after the other, in alternating order; each finds the memory and the disk as the other does. */
    private Pair pair(Store store, Case one, int round) throws Exception {
        UploadCost before = round % 2 == 0 ? bare(store, one) : null;
        String folder = "up-%d-%d".formatted(one.files().size(), round);
        Files.deleteIfExists(scratch.resolve("digests"));
        UploadCost first = UploadCost.of(ours(store, one, folder));
        sweep(store, folder);
        UploadCost again = UploadCost.of(ours(store, one, folder));
        remove(store, folder);
        return new Pair(before == null ? bare(store, one) : before, first, again);
    }

    private UploadCost bare(Store store, Case one) throws Exception {
        UploadCost cost = UploadCost.of(() -> raw(store, one));
        remove(store, "");
        return cost;
    }

    /** Lest the disk is still busy with what was written before. */
    private static void settle() throws Exception {
        new ProcessBuilder("sync").start().waitFor();
        System.gc();
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Of many files the first hundred, times their number: on HDFS all would take ten minutes. */
    private static double spark(Case all, SparksWay way) throws Exception {
        List<Path> few = all.files().subList(0, Math.min(100, all.files().size()));
        return UploadCost.seconds(() -> way.upload(new Case("", few)))
                * all.files().size()
                / few.size();
    }

    private static double middle(List<Double> seconds) {
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    private org.apache.hadoop.fs.Path target(Store store, Path file) {
        return new org.apache.hadoop.fs.Path(
                store.root() + "/spark-upload-bench-" + uploads++ + "/" + file.getFileName());
    }

    /** With Hadoop's own defaults, as Spark has them. */
    private void spark(Store store, Case one) throws IOException {
        Configuration configuration = new Configuration();
        Map<String, String> properties = new HashMap<>(store.properties());
        // What the bundled SDK cannot do without its other libraries.
        properties.put("fs.s3a.input.stream.type", "classic");
        properties.put("fs.s3a.audit.enabled", "false");
        properties.forEach(configuration::set);
        try (FileSystem fileSystem = FileSystem.newInstance(java.net.URI.create(store.root()), configuration)) {
            for (Path file : one.files()) {
                org.apache.hadoop.fs.Path target = target(store, file);
                // As FileSystem.copyFromLocalFile does it; that of S3A needs a library that is not here.
                FileUtil.copy(
                        FileSystem.getLocal(configuration),
                        new org.apache.hadoop.fs.Path(file.toUri()),
                        fileSystem,
                        target,
                        false,
                        true,
                        configuration);
            }
        }
        remove(store, "");
    }

    private void raw(Store store, Case one) throws IOException {
        byte[] buffer = new byte[256 * KIB];
        try (UploadStore opened = store.gateway().open(store.root())) {
            for (Path file : one.files()) {
                opened.write(target(store, file).toString(), false, out -> {
                    try (InputStream in = Files.newInputStream(file)) {
                        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                            out.write(buffer, 0, read);
                        }
                    }
                });
            }
        }
    }

    /** Plans and opens everything again, as a submission does, and remembers checksums as the command does. */
    private UploadCost.Work ours(Store store, Case one, String folder) {
        SparkApplication application = Applications.uploading(
                store.root() + "/" + folder, Map.of(), one.files().toArray(Path[]::new));
        return () -> new ArtifactUploader(store.gateway(), scratch.resolve("digests"))
                .upload(
                        StagingPlan.of(application, Applications.identity(uploads++), Applications.ENVIRONMENT),
                        StagingListener.SILENT);
    }

    /** As the end of any earlier application did it: what that leaves spares the next submission two requests. */
    private void sweep(Store store, String folder) {
        String root = store.root() + "/" + folder;
        StagedArtifacts earlier = new StagedArtifacts(
                Map.of(),
                List.of(UploadNames.below(root, UploadNames.marker(Applications.IDENTITY.applicationId()))),
                0);
        new ArtifactUploader(store.gateway()).sweep(earlier, Duration.ofDays(1), (application, master, ns) -> false);
    }

    private void remove(Store store, String folder) throws IOException {
        try (UploadStore opened = store.gateway().open(store.root())) {
            opened.delete(UploadNames.below(store.root(), folder));
        }
    }
}
