package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to an S3 server that refuses, is busy, slow or silent, over connections that fail. */
class S3FailuresIT extends S3Case {
    @Test
    void repeatsWhatABusyServerRefusesAndWhatAConnectionLost() throws Exception {
        Path[] files = {randomFile("a.bin", 3 * MIB), randomFile("b.bin", 2 * MIB)};
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.busy(2);
            connection.cut(1, MIB);

            StagedArtifacts staged = upload(uploader(server.properties(connection.port())), 1, files);

            for (Path file : files) {
                assertHolds(staged, file);
            }
        }
    }

    @Test
    void givesUpASilentServerWithinAMinuteAndNamesItAndTheKey() throws Exception {
        Path file = randomFile("a.bin", 10);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.silent();
            long before = System.nanoTime();

            assertThatThrownBy(() -> upload(uploader(server.properties(connection.port())), 1, file))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining(root)
                    .hasMessageContaining("(spark.kubernetes.file.upload.path)")
                    .hasMessageContaining("does not answer in time")
                    .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon")
                    .message()
                    .hasLineCount(1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void givesUpAServerThatHangsInTheMiddleOfAPartWithinAMinuteOfItsLastByte() throws Exception {
        Path file = randomFile("a.bin", 40 * MIB);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.hang(MIB);
            long before = System.nanoTime();

            assertThatThrownBy(() -> upload(uploader(server.properties(connection.port())), 1, file))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining(root)
                    .hasMessageContaining("does not answer in time")
                    .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void reportsAServerThatIsNotThere() throws Exception {
        Path file = randomFile("a.bin", 10);

        assertThatThrownBy(() -> upload(uploader(server.properties(S3Server.freePort())), 1, file))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining("answers at " + root + "; check host and port")
                .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon");
    }

    @Test
    void reportsThatTheServerStaysBusy() throws Exception {
        Path file = randomFile("a.bin", 10);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.busy(Integer.MAX_VALUE);

            assertThatThrownBy(() -> upload(uploader(server.properties(connection.port())), 1, file))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining("asks for fewer requests")
                    .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 Forbidden | AccessDenied | the credentials have no permission to list or to write",
                "400 Bad Request | ExpiredToken | has expired; get a new one",
                "400 Bad Request | AuthorizationHeaderMalformed | is in another region than the one that is configured",
                "301 Moved Permanently | PermanentRedirect | is in another region than the one that is configured",
            })
    void reportsWhatTheServerRefuses(String status, String code, String sentence) throws Exception {
        Path file = randomFile("a.bin", 10);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.refuse(status, "<Error><Code>%s</Code><Message>No.</Message></Error>".formatted(code));

            assertThatThrownBy(() -> upload(uploader(server.properties(connection.port())), 1, file))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining(root)
                    .hasMessageContaining(sentence)
                    .matches(failure -> ((StagingException) failure).isRefusal(), "is a refusal")
                    .message()
                    .hasLineCount(1)
                    .doesNotContain("software.amazon", "Exception");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "507 Insufficient Storage | XMinioStorageFull | is full",
                "403 Forbidden | QuotaExceeded | is full",
            })
    void reportsAFullStore(String status, String code, String sentence) throws Exception {
        reportsWhatTheServerRefuses(status, code, sentence);
    }

    @Test
    void reportsWrongKeysAndMissingBuckets() throws Exception {
        Path file = randomFile("a.bin", 10);
        Map<String, String> wrongSecret = new HashMap<>(server.properties());
        wrongSecret.put("fs.s3a.secret.key", "another");
        Map<String, String> unknownKey = new HashMap<>(server.properties());
        unknownKey.put("fs.s3a.access.key", "UNKNOWN");

        assertThatThrownBy(() -> upload(uploader(wrongSecret), 1, file))
                .hasMessageContaining("does not accept the secret key")
                .message()
                .doesNotContain("another");
        assertThatThrownBy(() -> upload(uploader(unknownKey), 1, file))
                .hasMessageContaining("does not know the access key");
        root = "s3a://nosuchbucket/up";
        assertThatThrownBy(() -> upload(uploader(server.properties()), 1, file))
                .hasMessageContaining("there is no bucket for s3a://nosuchbucket/up; correct the name, or create it.")
                .matches(failure -> ((StagingException) failure).isRefusal(), "is a refusal");
    }

    /**
     * Each of three parts that are sent at once, and a file that is sent in one request, takes longer than nothing may move, and than an
     * answer to another request may take.
     */
    @ParameterizedTest
    @CsvSource({"40, 300", "7, 100"})
    void sendsToASlowServerAsLongAsSomethingMoves(int mib, int kibPerSecond) throws Exception {
        root += mib;
        Path file = randomFile("a.bin", mib * MIB);
        Counted progress = new Counted();
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.slow(kibPerSecond * 1024);

            StagedArtifacts staged = uploader(server.properties(connection.port()))
                    .upload(Applications.shared(Applications.identity(1), root, file), progress);

            assertHolds(staged, file);
        }
        assertThat(progress.sent).hasValue(mib * (long) MIB);
        assertThat(progress.reports)
                .as("progress is seen, not only that a part has arrived")
                .hasValueGreaterThan(20);
    }

    /** A stream of unknown size, as an archive that is packed while it is sent. */
    @Test
    void takesAStreamForLongerThanAnswersMayTake() throws Exception {
        byte[] bytes = Files.readAllBytes(randomFile("a.bin", 4 * MIB));
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.slow(200 * 1024);
            HadoopGateway gateway =
                    new HadoopGateway(new HadoopSettings(server.properties(connection.port()), null, false));
            try (UploadStore store = gateway.open(root)) {
                store.write(root + "/a/b", true, out -> out.write(bytes));

                assertThat(store.find(root + "/a/b").orElseThrow().size()).isEqualTo(bytes.length);
            }
        }
    }

    /** What was repeated is not counted again. */
    @ParameterizedTest
    @ValueSource(ints = {40, 10})
    void countsNoByteTwiceOfWhatAConnectionLost(int mib) throws Exception {
        root += mib;
        Path file = randomFile("a.bin", mib * MIB);
        Counted progress = new Counted();
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.cut(2, 3 * MIB);

            StagedArtifacts staged = uploader(server.properties(connection.port()))
                    .upload(Applications.shared(Applications.identity(1), root, file), progress);

            assertHolds(staged, file);
            assertThat(connection.connections).hasValueGreaterThan(2);
        }
        assertThat(progress.sent).hasValue(mib * (long) MIB);
    }

    private static final class Counted implements StagingListener {
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong reports = new AtomicLong();

        @Override
        public void sent(Path file, long bytes) {
            sent.addAndGet(bytes);
            reports.incrementAndGet();
        }
    }

    @Test
    void isCancelledWithinASecondInTheMiddleOfAFileWhenTheServerHangs() throws Exception {
        Path file = randomFile("big.bin", 40 * MIB);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.hang(MIB);
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread thread = new Thread(() -> outcome.complete(
                    catchThrowable(() -> upload(uploader(server.properties(connection.port())), 1, file))));
            thread.start();
            connection.awaitHanging();
            long before = System.nanoTime();
            thread.interrupt();

            assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
