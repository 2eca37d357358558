package io.jenkins.plugins.sparkk8s.jenkins.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk of a build's records. */
class RecordStoreTest {
    private static final int TIMES = 100;

    @TempDir
    Path build;

    private static void save(RecordStore store, ApplicationRecord record) {
        try {
            store.save(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An abort is saved beside a step of the submission. */
    @Test
    void whatIsSavedLastIsOnTheDiskAlsoWhenAnotherThreadSavesIt() {
        ApplicationRecords records = new ApplicationRecords();
        RecordStore store = new RecordStore(new TestRun(build), records);
        ApplicationRecord record = records.begin("id", "prod", Records.IDENTITY, Records.START);
        for (int i = 0; i < TIMES; i++) {
            record.leftOnCluster(false);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> save(store, record));
            record.leftOnCluster(true);
            save(store, record);
            other.join();

            assertThat(new RecordFiles(build.toFile()).read())
                    .singleElement()
                    .returns(true, ApplicationRecord::isLeftOnCluster);
        }
    }
}
