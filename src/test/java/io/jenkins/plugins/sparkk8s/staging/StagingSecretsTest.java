package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storage whose client repeats the key in what it throws: the system log does not have it, at any level. */
class StagingSecretsTest {
    private static final String KEY = "not-base64!-of-an-account";
    private static final String ROOT = "abfs://uploads@%s/up".formatted(AzureServer.ACCOUNT);

    @TempDir
    Path temporary;

    private final Logger logger = Logger.getLogger("io.jenkins.plugins.sparkk8s.staging");
    private final List<String> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            StringWriter text = new StringWriter();
            text.write(String.valueOf(record.getMessage()));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text));
            }
            records.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Level before = logger.getLevel();

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        logger.setLevel(before);
    }

    private static ArtifactUploader uploader() {
        Map<String, String> settings = new HashMap<>(AzureServer.properties(1));
        settings.put("fs.azure.account.key." + AzureServer.ACCOUNT, KEY);
        return new ArtifactUploader(new HadoopGateway(new HadoopSettings(settings, null, false)));
    }

    @Test
    void noRecordHasTheKeyOfAStorageThatCannotBeOpened() throws Exception {
        Path file = Files.writeString(temporary.toRealPath().resolve("a.txt"), "alpha");
        StagingPlan plan = Applications.shared(Applications.IDENTITY, ROOT, file);
        StagedArtifacts staged = new StagedArtifacts(Map.of(), plan.directories(), 0);

        Throwable failure = catchThrowable(() -> uploader().upload(plan, StagingListener.SILENT));
        assertThat(uploader().delete(staged)).hasSize(1).noneMatch(sentence -> sentence.contains(KEY));
        uploader().sweep(staged, Duration.ZERO, (application, master, namespace) -> true);

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("account key").doesNotContain(KEY);
        assertThat(records).hasSizeGreaterThan(1).noneMatch(record -> record.contains(KEY));
    }
}
