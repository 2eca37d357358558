package io.jenkins.plugins.sparkk8s.jenkins.record;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import hudson.security.ACL;
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

    /** A build of another job. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static final class Submitter extends Run {
        @Override
        public String getExternalizableId() {
            return "other#1";
        }

        @Override
        public ACL getACL() {
            throw new UnsupportedOperationException("needs Jenkins");
        }
    }

    private static void save(RecordStore store, ApplicationRecord record) {
        try {
            store.save(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It waits for each of very many applications, with a timeout that ends before them. */
    @Test
    void aBuildThatLeavesWaitsForeverStaysBounded() {
        ApplicationRecords records = new ApplicationRecords();
        Submitter submitter = new Submitter();
        for (int i = 0; i < ApplicationRecords.KEPT + 5; i++) {
            ApplicationRecord awaited = Records.running(Records.begun("other-" + i), "other");
            records.waitFor("wait-" + i, awaited, new RecordedWait(awaited.id(), submitter, Records.START))
                    .leaveWait();
        }

        assertThat(records.all()).hasSize(ApplicationRecords.KEPT);
        assertThat(records.all().get(0).id()).isEqualTo("wait-5");
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
