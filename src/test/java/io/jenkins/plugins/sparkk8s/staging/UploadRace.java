package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.staging.cleaning.CrashingStore;
import io.jenkins.plugins.sparkk8s.staging.cleaning.UploadCleaning;
import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import io.jenkins.plugins.sparkk8s.staging.transfer.SharedUpload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Applications that come and go with a few files that they share, some of which crash at any moment, and two controllers that
 * sweep, all on one upload path at the same time. Each application checks its files as long as it runs.
 */
public final class UploadRace {
    private static final int FILES = 6;
    private static final int UPLOADERS = 4;
    private static final String LAST_SWEEP = "last-sweep";

    private final HadoopGateway hadoop;
    private final String root;
    private final List<Path> files = new ArrayList<>();
    private final Set<String> crashed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    public final AtomicInteger checked = new AtomicInteger();
    public final AtomicInteger lost = new AtomicInteger();

    public UploadRace(HadoopGateway hadoop, String root, Path sources) throws IOException {
        this.hadoop = hadoop;
        this.root = root;
        for (int i = 0; i < FILES; i++) {
            files.add(Files.writeString(sources.resolve("file" + i), "content " + i));
        }
    }

    /** @param rounds applications of each of the uploaders */
    public void run(int rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(UPLOADERS + 2);
        try {
            List<Future<?>> uploaders = new ArrayList<>();
            for (int i = 0; i < UPLOADERS; i++) {
                Random random = new Random(i);
                uploaders.add(threads.submit(times(rounds, () -> application(random))));
            }
            List<Future<?>> sweepers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                sweepers.add(threads.submit(() -> {
                    while (uploaders.stream().anyMatch(uploader -> !uploader.isDone())) {
                        sweep();
                    }
                    return null;
                }));
            }
            for (Future<?> future : uploaders) {
                future.get();
            }
            for (Future<?> future : sweepers) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Void> times(int rounds, Callable<Void> task) {
        return () -> {
            for (int i = 0; i < rounds; i++) {
                task.call();
            }
            return null;
        };
    }

    private Void application(Random random) throws Exception {
        int number = numbers.incrementAndGet();
        Path[] some = files.stream().filter(file -> random.nextInt(3) == 0).toArray(Path[]::new);
        StagingPlan plan = Applications.shared(
                Applications.identity(number), root, some.length == 0 ? new Path[] {files.get(0)} : some);
        int crash = random.nextInt(4) == 0 ? random.nextInt(12) : Integer.MAX_VALUE;
        try (UploadStore store = hadoop.open(root);
                StoreCalls calls = new StoreCalls(2, StoreCalls.STALL)) {
            CrashingStore crashing = new CrashingStore(store, crash);
            StagedArtifacts staged = new SharedUpload(
                            plan, crashing, calls, StagingListener.SILENT, new FileDigests(null, Clock.systemUTC()))
                    .run();
            for (int i = 0; i < 3; i++) {
                check(store, staged);
                Thread.yield();
            }
            new UploadCleaning(crashing, root, Clock.systemUTC(), calls::progressed).release(plan.marker());
        } catch (CrashingStore.Crash e) {
            crashed.add(Applications.identity(number).applicationId());
        }
        return null;
    }

    private void check(UploadStore store, StagedArtifacts staged) {
        for (Map.Entry<String, String> file : staged.remoteLocations().entrySet()) {
            checked.incrementAndGet();
            try {
                String content = new String(store.read(file.getValue(), 1000), StandardCharsets.UTF_8);
                String expected = Files.readString(Path.of(file.getKey().substring("file:".length())));
                assertThat(content).isEqualTo(expected);
            } catch (IOException | AssertionError e) {
                lost.incrementAndGet();
            }
        }
    }

    /** Its process is certainly dead. */
    void crashed(ApplicationIdentity application) {
        crashed.add(application.applicationId());
    }

    /** What has crashed counts as long gone: their markers are of the day before yesterday. */
    void sweep() throws Exception {
        try (UploadStore store = new AgedStore(hadoop.open(root), crashed)) {
            new UploadCleaning(store, root, Clock.systemUTC(), () -> {})
                    .sweep(Duration.ZERO, (application, master, namespace) -> crashed.contains(application));
        }
    }

    /** Shows markers of what has crashed as they will be in two days; nothing keeps two controllers from sweeping at once. */
    private record AgedStore(UploadStore store, Set<String> crashed) implements UploadStore {
        private StoredFile aged(StoredFile file) {
            boolean ages = UploadNames.applicationOfMarker(file.name())
                    .filter(hex -> crashed.contains("spark-" + hex))
                    .isPresent();
            Instant modified = ages ? file.modified().minus(Duration.ofDays(2)) : file.modified();
            return new StoredFile(file.name(), file.folder(), file.size(), modified);
        }

        @Override
        public Publication publication() {
            return store.publication();
        }

        @Override
        public Optional<StoredFile> find(String path) throws IOException {
            return store.find(path).map(this::aged);
        }

        @Override
        public List<StoredFile> list(String folder) throws IOException {
            return store.list(folder).stream().map(this::aged).toList();
        }

        @Override
        public byte[] read(String path, int most) throws IOException {
            return store.read(path, most);
        }

        @Override
        public void write(String path, boolean fresh, Content content) throws IOException {
            if (!path.endsWith(LAST_SWEEP)) {
                store.write(path, fresh, content);
            }
        }

        @Override
        public void makeFolder(String folder) throws IOException {
            store.makeFolder(folder);
        }

        @Override
        public boolean move(String folder, String target) throws IOException {
            return store.move(folder, target);
        }

        @Override
        public boolean delete(String path) throws IOException {
            return store.delete(path);
        }

        @Override
        public void close() throws IOException {
            store.close();
        }
    }

    /** What is under the upload path when everything has ended and a day has passed. */
    public List<String> left() throws Exception {
        // A clean-up that crashed leaves a condemnation, which the real rule removes a day later.
        try (UploadStore store = hadoop.open(root)) {
            for (StoredFile file : store.list(UploadNames.condemnedFolder(root))) {
                store.delete(UploadNames.below(UploadNames.condemnedFolder(root), file.name()));
            }
        }
        sweep();
        try (UploadStore store = hadoop.open(root)) {
            List<String> left = new ArrayList<>();
            store.list(root).stream()
                    .map(StoredFile::name)
                    .filter(name -> !name.equals("spark-upload-condemned"))
                    .forEach(left::add);
            store.list(UploadNames.condemnedFolder(root)).stream()
                    .map(StoredFile::name)
                    .filter(name -> !name.equals(LAST_SWEEP))
                    .forEach(left::add);
            return left;
        }
    }
}
