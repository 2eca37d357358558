package io.jenkins.plugins.sparkk8s.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Estimates pi: every task throws its own seeded darts at the unit square and counts those inside the quarter circle.
 * The same arguments give the same answer, on any number of executors.
 *
 * <p>The master is not set here: it comes from whoever submits the application. See {@link #USAGE} for the arguments.
 */
public final class MonteCarloPi {

    private static final String USAGE = String.join(
            System.lineSeparator(),
            "Usage: MonteCarloPi [TASKS] [options]",
            "  TASKS              number of tasks of a job (default 20)",
            "  --darts N          darts a task throws (default 60000000)",
            "  --phases N         run the job N times, with idle time between (default 1)",
            "  --idle-seconds N   idle time between two phases (default 20)",
            "  --seconds N        repeat the job until N seconds have passed",
            "  --sort-mb N        after that, sort N MB of random records, which are moved by a shuffle (default 0)",
            "  --straggler N      one of the tasks that sort takes N seconds longer than the others (default 0)",
            "  --check-mount PATH write and read a file below PATH, in the driver and in executor tasks (repeatable)",
            "  --check-conf KEY HASH  check, in the driver and in executor tasks, that the SHA-256 of a property is HASH,",
            "                     64 hex digits; the property itself is not shown (repeatable)",
            "  --print TEXT       print a text before the computation (repeatable)",
            "  --fail             throw an exception after the computation",
            "  --exit-code N      end the driver with this exit code after the computation",
            "  --help             print this text");

    private static final int RECORD_BYTES = 128;

    private MonteCarloPi() {}

    /**
     * Runs the application.
     *
     * @param args as the usage text says
     * @throws Exception when the computation or a check fails, or {@code --fail} is given
     */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        Arguments arguments = Arguments.parse(args);
        arguments.texts.forEach(System.out::println);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "pi"))) {
            for (String path : arguments.mounts) {
                checkMount(spark, path);
            }
            for (Map.Entry<String, String> property : arguments.properties.entrySet()) {
                checkConf(spark, property.getKey(), property.getValue());
            }
            for (int phase = 1; phase <= arguments.phases; phase++) {
                if (phase > 1) {
                    System.out.printf("Idle for %d s%n", arguments.idleSeconds);
                    Thread.sleep(arguments.idleSeconds * 1000L);
                }
                System.out.println(label(phase, arguments.phases) + answer(spark, arguments));
            }
            if (arguments.sortMegabytes > 0) {
                System.out.printf("Sorted %d records%n", sorted(spark, arguments));
            }
        }
        if (arguments.fail) {
            throw new IllegalStateException("Failing as --fail asks");
        }
        if (arguments.exitCode != 0) {
            System.out.printf("Ending with exit code %d as --exit-code asks%n", arguments.exitCode);
            System.exit(arguments.exitCode);
        }
    }

    private static String label(int phase, int phases) {
        return phases == 1 ? "" : "Phase " + phase + " of " + phases + ": ";
    }

    private static String answer(JavaSparkContext spark, Arguments arguments) {
        long end = System.nanoTime() + arguments.seconds * 1_000_000_000L;
        long inside = 0;
        long thrown = 0;
        int round = 0;
        do {
            inside += inside(spark, arguments, round++);
            thrown += (long) arguments.tasks * arguments.darts;
        } while (System.nanoTime() - end < 0);
        return String.format(
                Locale.ROOT, "Pi is roughly %.6f (%d darts, %d tasks)", 4.0 * inside / thrown, thrown, round * arguments.tasks);
    }

    private static long inside(JavaSparkContext spark, Arguments arguments, int round) {
        int darts = arguments.darts;
        long firstSeed = (long) round * arguments.tasks;
        List<Integer> tasks = IntStream.range(0, arguments.tasks).boxed().collect(Collectors.toList());
        return spark.parallelize(tasks, arguments.tasks)
                .map(task -> hits(firstSeed + task, darts))
                .reduce(Long::sum);
    }

    private static long hits(long seed, int darts) {
        SplittableRandom random = new SplittableRandom(seed);
        long hits = 0;
        for (int dart = 0; dart < darts; dart++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            if (x * x + y * y <= 1) {
                hits++;
            }
        }
        return hits;
    }

    private static long sorted(JavaSparkContext spark, Arguments arguments) {
        int records = arguments.sortMegabytes * 1024 * 1024 / RECORD_BYTES / arguments.tasks;
        int delay = arguments.stragglerSeconds;
        List<Integer> tasks = IntStream.range(0, arguments.tasks).boxed().collect(Collectors.toList());
        return spark.parallelize(tasks, arguments.tasks)
                .flatMapToPair(task -> records(task, records))
                .sortByKey(true, arguments.tasks)
                .mapPartitionsWithIndex((index, sorted) -> count(sorted, index == 0 ? delay : 0), false)
                .reduce(Long::sum);
    }

    /** Random, so that they are not compressed. */
    private static Iterator<Tuple2<Long, byte[]>> records(int seed, int count) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] bytes = new byte[RECORD_BYTES];
                    random.nextBytes(bytes);
                    return new Tuple2<>(random.nextLong(), bytes);
                })
                .iterator();
    }

    private static Iterator<Long> count(Iterator<Tuple2<Long, byte[]>> records, int delaySeconds)
            throws InterruptedException {
        long count = 0;
        while (records.hasNext()) {
            records.next();
            count++;
        }
        Thread.sleep(delaySeconds * 1000L);
        return List.of(count).iterator();
    }

    private static void checkMount(JavaSparkContext spark, String path) throws IOException {
        System.out.println("driver: " + mountReport(path));
        List<String> reports = spark.parallelize(List.of(1, 2, 3, 4), 4)
                .map(task -> "executor: " + mountReport(path))
                .distinct()
                .collect();
        reports.forEach(System.out::println);
    }

    private static String mountReport(String path) throws IOException {
        Path directory = Path.of(path);
        if (!Files.exists(directory)) {
            throw new IOException("Mount " + path + " does not exist");
        }
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return "Mount " + path + " is readable";
        }
        Path file = Files.createTempFile(directory, "check-", ".tmp");
        try {
            Files.writeString(file, path);
            if (!Files.readString(file).equals(path)) {
                throw new IOException("Mount " + path + " gave back other bytes than were written");
            }
        } finally {
            Files.delete(file);
        }
        return "Mount " + path + " is readable and writable";
    }

    private static void checkConf(JavaSparkContext spark, String key, String sha256) {
        System.out.println("driver: " + confReport(key, sha256));
        List<String> reports = spark.parallelize(List.of(1, 2, 3, 4), 4)
                .map(task -> "executor: " + confReport(key, sha256))
                .distinct()
                .collect();
        reports.forEach(System.out::println);
    }

    private static String confReport(String key, String sha256) {
        SparkConf conf = SparkEnv.get().conf();
        if (!conf.contains(key)) {
            throw new IllegalStateException("Property " + key + " is not set");
        }
        if (!sha256(conf.get(key)).equalsIgnoreCase(sha256)) {
            throw new IllegalStateException("Property " + key + " has another value than expected");
        }
        return "Property " + key + " has the expected value";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Arguments {
        private int tasks = 20;
        private int darts = 60_000_000;
        private int phases = 1;
        private int idleSeconds = 20;
        private int seconds = 0;
        private int exitCode = 0;
        private int sortMegabytes = 0;
        private int stragglerSeconds = 0;
        private boolean fail = false;
        private final List<String> mounts = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final Map<String, String> properties = new LinkedHashMap<>();

        private static Arguments parse(String[] args) {
            Arguments arguments = new Arguments();
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--darts" -> arguments.darts = number(args, ++i);
                    case "--phases" -> arguments.phases = number(args, ++i);
                    case "--idle-seconds" -> arguments.idleSeconds = number(args, ++i);
                    case "--seconds" -> arguments.seconds = number(args, ++i);
                    case "--sort-mb" -> arguments.sortMegabytes = number(args, ++i);
                    case "--straggler" -> arguments.stragglerSeconds = number(args, ++i);
                    case "--exit-code" -> arguments.exitCode = number(args, ++i);
                    case "--check-mount" -> arguments.mounts.add(value(args, ++i));
                    case "--check-conf" -> arguments.properties.put(value(args, ++i), value(args, ++i));
                    case "--print" -> arguments.texts.add(value(args, ++i));
                    case "--fail" -> arguments.fail = true;
                    default -> arguments.tasks = number(args, i);
                }
            }
            return arguments;
        }

        private static String value(String[] args, int index) {
            if (index >= args.length) {
                throw new IllegalArgumentException(args[index - 1] + " needs a value; see --help");
            }
            return args[index];
        }

        private static int number(String[] args, int index) {
            String text = value(args, index);
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(text + " is not a number; see --help", e);
            }
        }
    }
}
