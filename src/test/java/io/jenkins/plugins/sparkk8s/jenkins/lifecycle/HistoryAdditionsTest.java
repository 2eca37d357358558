package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.jenkins.history.HistoryEntry;
import io.jenkins.plugins.sparkk8s.jenkins.history.JobHistory;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Records;
import io.jenkins.plugins.sparkk8s.jenkins.threads.KeyedLocks;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications of one job that end at the same time. */
class HistoryAdditionsTest {
    private static final int ENDS = 40;

    @TempDir
    Path folder;

    private final KeyedLocks locks = new KeyedLocks();
    private final HistoryAdditions additions = new HistoryAdditions(locks);
    private final ExecutorService threads = Executors.newFixedThreadPool(ENDS + 1);
    private final CountDownLatch release = new CountDownLatch(1);
    private JobHistory history;

    @BeforeEach
    void buildIsThere() throws IOException {
        Files.createDirectories(folder.resolve("builds/1"));
        history = new JobHistory(
                folder.resolve("spark-history.xml").toFile(),
                folder.resolve("builds").toFile());
    }

    @AfterEach
    void stop() {
        release.countDown();
        threads.shutdownNow();
    }

    private static HistoryEntry entry(int number) {
        ApplicationRecord record = Records.running(Records.begun("id-" + number), "daily");
        return new HistoryEntry(1, Records.run(Records.ended(record, Outcome.SUCCEEDED, 0, "It succeeded.")));
    }

    private Void add(int number) {
        try {
            additions.add(history, entry(number));
            return null;
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** All of them come while the file is being written. */
    private List<CompletableFuture<Void>> addAtOnce() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> hold(held), threads);
        held.join();
        List<CompletableFuture<Void>> all = IntStream.range(0, ENDS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> add(i), threads))
                .toList();
        await().until(() -> additions.waiting() == ENDS);
        release.countDown();
        writing.join();
        return all;
    }

    private void hold(CompletableFuture<Void> held) {
        try {
            locks.call(history, () -> {
                held.complete(null);
                release.await();
                return null;
            });
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void allAreThereWhenTheyReturn() throws Exception {
        addAtOnce().forEach(CompletableFuture::join);

        assertThat(Files.readString(folder.resolve("spark-history.xml"), StandardCharsets.ISO_8859_1))
                .contains(IntStream.range(0, ENDS).mapToObj(i -> "id-" + i).toList());
        assertThat(additions.waiting()).isZero();
        additions.add(history, entry(ENDS));
        assertThat(Files.readString(folder.resolve("spark-history.xml"), StandardCharsets.ISO_8859_1))
                .contains("id-" + ENDS);
    }

    /** So its failure, when it comes, is that of all. */
    @Test
    void areWrittenAtOnce() throws Exception {
        Files.createDirectories(folder.resolve("spark-history.xml/not-a-file"));

        List<Throwable> failures = addAtOnce().stream()
                .map(added ->
                        added.handle((nothing, failure) -> failure.getCause()).join())
                .toList();

        assertThat(failures).hasSize(ENDS).hasOnlyElementsOfType(IOException.class);
        assertThat(failures.stream().distinct()).hasSize(1);
    }
}
