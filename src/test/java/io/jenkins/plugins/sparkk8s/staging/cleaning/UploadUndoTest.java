package io.jenkins.plugins.sparkk8s.staging.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.staging.HangingFileSystem;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What uploads that were cancelled at the same time have left, in a store that does not close. */
@Timeout(180)
class UploadUndoTest {
    private static final int UPLOADS = UploadUndo.THREADS + 4;

    @TempDir
    Path temporary;

    @Test
    void removesWhatManyUploadsLeftOnFewThreads() throws Exception {
        HadoopGateway gateway = new HadoopGateway(new HadoopSettings(HangingFileSystem.properties(false), null, false));
        List<String> left = new ArrayList<>();
        try (StoreCalls cancelled = new StoreCalls(1, StoreCalls.STALL)) {
            Thread.currentThread().interrupt();
            assertThat(catchThrowable(() -> cancelled.one(() -> true))).isInstanceOf(InterruptedException.class);
            UploadUndo undo = new UploadUndo(gateway, cancelled, new StagingListener() {
                @Override
                public void left(List<String> directories) {
                    left.addAll(directories);
                }
            });

            for (int i = 0; i < UPLOADS; i++) {
                undo.stopped(List.of("hanging:" + temporary + "/up/" + i));
            }
        }

        assertThat(left).as("none was waited for").hasSize(UPLOADS);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("spark-upload-removal"))
                .hasSizeBetween(1, UploadUndo.THREADS);
    }
}
