package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several submitters, each in a process of its own, share an upload path. They are killed at random moments, in the middle of
 * whatever they do, and replaced by others, while two controllers sweep.
 */
final class KilledSubmitters {
    private static final int AT_ONCE = 3;
    private static final int CONTROLLERS = 2;
    /** After at most so many lines it is killed, since how long those take depends on the machine. */
    private static final int MOST_LINES = 40;
    /** In milliseconds from the last of these lines on. */
    private static final int LONGEST_WAIT = 1_500;

    private final UploadRace race;
    private final String root;
    private final Path folder;
    private final Path sources;
    private final Path properties;
    private final Random random;
    private final AtomicInteger numbers = new AtomicInteger(1);
    final AtomicInteger checked = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    /** How many were killed between the begin and the end of an application. */
    final AtomicInteger killedAtWork = new AtomicInteger();
    /** What was not as it should be, as the submitters printed it. */
    final Queue<String> faults = new ConcurrentLinkedQueue<>();

    KilledSubmitters(HadoopGateway hadoop, Map<String, String> hadoopProperties, String root, Path folder, long seed)
            throws IOException {
        this.root = root;
        this.folder = folder;
        this.random = new Random(seed);
        this.sources = Files.createDirectory(folder.resolve("random-files"));
        this.race = new UploadRace(hadoop, root, Files.createDirectory(folder.resolve("unused")));
        this.properties = folder.resolve("hadoop.properties");
        Properties all = new Properties();
        hadoopProperties.forEach(all::setProperty);
        try (OutputStream out = Files.newOutputStream(properties)) {
            all.store(out, null);
        }
        for (int i = 0; i < 6; i++) {
            randomFile(sources.resolve("file " + i), i == 0 ? 0 : 1 << random.nextInt(23));
        }
        randomFile(sources.resolve("large"), 5_000_000 + random.nextInt(15_000_000));
        randomTree(sources.resolve("tree"), 3);
    }

    private void randomFile(Path file, int most) throws IOException {
        byte[] content = new byte[most == 0 ? 0 : most / 2 + random.nextInt(most / 2 + 1)];
        random.nextBytes(content);
        Files.write(file, content);
    }

    private void randomTree(Path top, int depth) throws IOException {
        Files.createDirectory(top);
        int entries = 1 + random.nextInt(3);
        for (int i = 0; i < entries; i++) {
            randomFile(top.resolve("f" + i), 1 << random.nextInt(17));
            if (depth > 0) {
                randomTree(top.resolve("d%d %%".formatted(i)), depth - 1 - random.nextInt(2));
            }
        }
    }

    /** @param kills how many submitters are killed, one after the other in each of some rows */
    void run(int kills) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE + CONTROLLERS);
        try {
            List<Future<?>> rows = new ArrayList<>();
            AtomicInteger left = new AtomicInteger(kills);
            for (int i = 0; i < AT_ONCE; i++) {
                Random moments = new Random(random.nextLong());
                rows.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        liveAndDie(moments);
                    }
                    return null;
                }));
            }
            List<Future<?>> controllers = new ArrayList<>();
            for (int i = 0; i < CONTROLLERS; i++) {
                controllers.add(threads.submit(() -> {
                    while (rows.stream().anyMatch(row -> !row.isDone())) {
                        race.sweep();
                    }
                    return null;
                }));
            }
            for (Future<?> row : rows) {
                row.get();
            }
            for (Future<?> controller : controllers) {
                controller.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Kills one some time after its first application began; what it had not ended is known as crashed then. */
    private void liveAndDie(Random moments) throws Exception {
        Process process = SubmitterProcess.start(root, properties, sources, numbers.getAndAdd(10_000));
        Set<Integer> open = new HashSet<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("begin ")) {
                faults.add(line);
                line = lines.readLine();
            }
            for (int left = moments.nextInt(MOST_LINES); left > 0 && line != null; left--) {
                note(line, open);
                line = lines.readLine();
            }
            Thread killer = new Thread(() -> killLater(process, moments.nextInt(LONGEST_WAIT)));
            killer.start();
            for (; line != null; line = lines.readLine()) {
                note(line, open);
            }
            killer.join();
        }
        process.destroyForcibly();
        process.waitFor();
        killedAtWork.addAndGet(open.size());
        open.forEach(number -> race.crashed(Applications.identity(number)));
    }

    private static void killLater(Process process, int milliseconds) {
        try {
            process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The process itself would close its output as well, in the middle of a line that is read here.
        process.toHandle().destroyForcibly();
    }

    private void note(String line, Set<Integer> open) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "begin" -> open.add(Integer.valueOf(words[1]));
            case "end" -> {
                open.remove(Integer.valueOf(words[1]));
                ended.incrementAndGet();
            }
            case "checked" -> checked.incrementAndGet();
            default -> faults.add(line);
        }
    }

    /** What is under the upload path when everything has ended and a day has passed. */
    List<String> left() throws Exception {
        return race.left();
    }
}
