package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Uploads the same files with ours, with {@code FileSystem.copyFromLocalFile} as spark-submit calls it, and with bare loops
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
    private StagedArtifacts last;

    private StagingBench(Path scratch, int rounds) {
        this.scratch = scratch;
        this.rounds = rounds;
    }

    private record Case(String name, List<Path> files) {}

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
            System.out.println(
                    "| store | files | Spark's | bare loop | our settings | first time | second time | least of a second time | memory | of bare | of our settings | of Spark's |");
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
                    measure(name, new BenchStore(hdfs.uri() + "/up", Map.of("dfs.blocksize", "134217728")), cases);
                }
            }
            case "s3" -> {
                try (S3Server server = S3Server.start(directory)) {
                    measure(name, new BenchStore("s3a://uploads/up", server.properties()), cases);
                }
            }
            default -> measure(name, new BenchStore("file:" + directory, Map.of()), cases);
        }
        delete(directory);
    }

    private void measure(String name, BenchStore store, List<Case> cases) throws Exception {
        // Classes are loaded, compiled and connected by runs that do not count, as in a process that has uploaded
        // before.
        Case warm = new Case("", cases.get(1).files().subList(0, 5));
        for (int i = 0; i < 3; i++) {
            store.spark(warm.files());
            store.bareLoop(warm.files());
            store.tunedLoop(warm.files());
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

    private void measure(String name, BenchStore store, Case one) throws Exception {
        settle();
        List<Double> theirs = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            if (i < 2) {
                theirs.add(few(store, one, store::spark).seconds());
            }
            pairs.add(pair(store, one, i));
        }
        Files.deleteIfExists(scratch.resolve("digests"));
        long memory = UploadCost.memory(ours(store, one, "memory"));
        store.remove("memory");
        print(name, one, middle(theirs), memory, pairs);
    }

    private static void print(String name, Case one, double theirs, long memory, List<Pair> pairs) {
        UploadCost raw = UploadCost.middle(pairs, Pair::raw);
        UploadCost tuned = UploadCost.middle(pairs, Pair::tuned);
        UploadCost ours = UploadCost.middle(pairs, Pair::first);
        UploadCost again = UploadCost.middle(pairs, Pair::again);
        UploadCost least = UploadCost.middle(pairs, Pair::least);
        System.out.printf(
                "| %-6s | %-13s | %6.2f s | %5.2f s | %5.2f s | %5.2f s | %5.3f s (%.1f %%) | %5.3f s (%.1f %%) | %3d MiB | %.2f | %.2f | %5.1f |%n",
                name,
                one.name(),
                theirs,
                raw.seconds(),
                tuned.seconds(),
                ours.seconds(),
                again.seconds(),
                100 * again.seconds() / ours.seconds(),
                least.seconds(),
                100 * least.seconds() / ours.seconds(),
                memory / MIB,
                middle(pairs.stream().map(Pair::ofRaw).toList()),
                middle(pairs.stream().map(Pair::ofTuned).toList()),
                theirs / ours.seconds());
        System.out.printf(
                "  processor time: raw %s; tuned %s; ours %s; again %s; load %.1f; of raw in each round %s%n",
                raw,
                tuned,
                ours,
                again,
                load(),
                pairs.stream()
                        .map(pair -> "%.2f".formatted(pair.ofRaw()))
                        .sorted()
                        .collect(Collectors.joining(" ")));
    }

    /**
     * What was measured in one round.
     *
     * @param raw the bare loop with Hadoop's defaults
     * @param tuned the same with this product's settings
     * @param least what a loop takes that only looks whether all is there
     */
    private record Pair(UploadCost raw, UploadCost tuned, UploadCost first, UploadCost again, UploadCost least) {
        double ofRaw() {
            return raw.seconds() / first.seconds();
        }

        double ofTuned() {
            return tuned.seconds() / first.seconds();
        }
    }

    /** One after the other, in alternating order; each finds the memory and the disk as the others do. */
    private Pair pair(BenchStore store, Case one, int round) throws Exception {
        boolean loopsFirst = round % 2 == 0;
        UploadCost raw = loopsFirst ? few(store, one, store::bareLoop) : null;
        UploadCost tuned = loopsFirst ? few(store, one, store::tunedLoop) : null;
        String folder = "up-%d-%d".formatted(one.files().size(), round);
        Files.deleteIfExists(scratch.resolve("digests"));
        UploadCost first = UploadCost.of(ours(store, one, folder));
        sweep(store, folder);
        UploadCost again = UploadCost.of(ours(store, one, folder));
        UploadCost least = UploadCost.of(
                () -> store.look(one.files(), folder, last.remoteLocations().values()));
        store.remove(folder);
        return new Pair(
                loopsFirst ? raw : few(store, one, store::bareLoop),
                loopsFirst ? tuned : few(store, one, store::tunedLoop),
                first,
                again,
                least);
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
    private static UploadCost few(BenchStore store, Case all, Loop loop) throws Exception {
        List<Path> few = all.files().subList(0, Math.min(100, all.files().size()));
        UploadCost cost = UploadCost.of(() -> loop.over(few));
        store.remove("");
        return cost.times((double) all.files().size() / few.size());
    }

    private interface Loop {
        void over(List<Path> files) throws Exception;
    }

    private static double middle(List<Double> seconds) {
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    /** Plans and opens everything again, as a submission does, and remembers checksums as the command does. */
    private UploadCost.Work ours(BenchStore store, Case one, String folder) {
        SparkApplication application = Applications.uploading(
                store.root() + "/" + folder, Map.of(), one.files().toArray(Path[]::new));
        return () -> last = new ArtifactUploader(store.gateway(), scratch.resolve("digests"))
                .upload(
                        StagingPlan.of(application, Applications.identity(uploads++), Applications.ENVIRONMENT),
                        StagingListener.SILENT);
    }

    /** As the end of any earlier application did it: what that leaves spares the next submission two requests. */
    private void sweep(BenchStore store, String folder) {
        String root = store.root() + "/" + folder;
        StagedArtifacts earlier = new StagedArtifacts(
                Map.of(),
                List.of(UploadNames.below(root, UploadNames.marker(Applications.IDENTITY.applicationId()))),
                0);
        new ArtifactUploader(store.gateway()).sweep(earlier, Duration.ofDays(1), (application, master, ns) -> false);
    }
}
