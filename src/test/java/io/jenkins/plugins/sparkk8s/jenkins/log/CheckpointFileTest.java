package io.jenkins.plugins.sparkk8s.jenkins.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile.Checkpoint;
import io.jenkins.plugins.sparkk8s.monitor.MonitorCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final String REPORTED = """
            {"startMillis":1,"logTime":"2026-01-01T00:00:00.123456789Z","logLines":2,\
            "driver":{"state":"Running","node":"n","waitingReason":null,"beingDeleted":false},\
            "executors":{"known":{"7":{"label":"Pending","isFinal":false,"waitingReason":"ErrImagePull"}},\
            "failures":{"3":1000},"printed":{"running":1,"pending":1,"peak":2,"failed":1},\
            "history":{"executors":[],"census":[],"total":0,"runMillis":0,"until":0},"explained":{}},\
            "warnings":[{"text":"FailedMount: a","reported":true}]}""";

    @TempDir
    Path build;

    private CheckpointFile file;

    @BeforeEach
    void open() {
        file = new CheckpointFile(build, "id");
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void readsWhatWasWritten() {
        Checkpoint checkpoint =
                new Checkpoint(MonitorCheckpoint.fromJson(REPORTED), 12, 7, List.of(-5L, Long.MAX_VALUE));

        file.write(checkpoint);

        assertThat(file.read()).contains(checkpoint);
        assertThat(checkpoint.reported().toJson()).isEqualTo(REPORTED.replace("\"waitingReason\":null,", ""));
    }

    @Test
    void isTakenForEmptyWhenItIsDamaged() throws IOException {
        for (String text : List.of(
                "",
                "what",
                "1",
                "1\n",
                "1\n1",
                "1\n1\nwhat",
                "1\n1\n{}",
                "1\n1\nnull",
                "1\n1\n" + REPORTED + "\nwhat")) {
            Files.writeString(build.resolve("spark-id.checkpoint"), text);

            assertThat(file.read()).as(text).isEmpty();
        }
    }

    @Test
    void isGoneWhenItIsDeleted() {
        file.write(new Checkpoint(MonitorCheckpoint.fromJson(REPORTED), 12, 7, List.of()));
        file.delete();

        assertThat(build).isEmptyDirectory();
    }
}
