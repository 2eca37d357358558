package io.jenkins.plugins.sparkk8s.jenkins.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import io.jenkins.plugins.sparkk8s.jenkins.watch.EventLogs.Log;
import io.jenkins.plugins.sparkk8s.monitor.TestClock;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogFigures;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a file system that does not give an event log harms. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EventLogsTest {
    private static final int AT_A_TIME = 4;

    private final LifecycleThreads threads = new LifecycleThreads();
    private final TestClock clock = TestClock.startingNow();
    private final EventLogs logs = new EventLogs(threads, clock);
    private final AtomicInteger reads = new AtomicInteger();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    @AfterEach
    void stop() throws InterruptedException {
        answered.complete(null);
        threads.shutdown(Duration.ofSeconds(5));
    }

    private CompletableFuture<Optional<EventLogFigures>> read(String folder, int application, EventLogs.Reader reader) {
        return logs.read(new Log("prod", folder, "spark-" + application), () -> {
            reads.incrementAndGet();
            return reader.read();
        });
    }

    private Optional<EventLogFigures> refuse() throws IOException {
        throw new IOException("you may not read it.");
    }

    /** As long as it takes a silent one to fail. */
    private Optional<EventLogFigures> failLate() throws IOException {
        answered.join();
        clock.advance(Duration.ofSeconds(45));
        throw new IOException("it does not answer.");
    }

    private Optional<EventLogFigures> wait(Optional<EventLogFigures> figures) {
        answered.join();
        return figures;
    }

    private static void assertFails(CompletableFuture<?> read, String message) {
        assertThatThrownBy(read::get).isInstanceOf(ExecutionException.class).hasMessageContaining(message);
    }

    /** One job's log that only its user may read is no reason to read none of the other jobs'. */
    @Test
    void aLogThatIsRefusedAtOnceHarmsNoOther() throws Exception {
        assertFails(read("s3a://logs/private", 1, this::refuse), "you may not read it.");

        assertThat(read("s3a://logs/public", 2, Optional::empty).get()).isEmpty();
        assertThat(reads).hasValue(2);
    }

    @Test
    void afterALateFailureNoneOfItsFileSystemIsReadForAWhile() throws Exception {
        answered.complete(null);
        assertFails(read("hdfs://nn:8020/logs", 1, this::failLate), "it does not answer.");

        assertFails(
                read("hdfs://nn:8020/others", 2, Optional::empty), "(Event logs of this file system are read again at");
        assertThat(read("s3a://logs/", 3, Optional::empty).get()).isEmpty();

        clock.advance(EventLogs.PAUSE);
        assertThat(read("hdfs://nn:8020/others", 2, Optional::empty).get()).isEmpty();
    }

    /** Else a hundred applications that end together would keep its threads busy for a quarter of an hour. */
    @Test
    void thoseThatAreQueuedBehindALateFailureFailWithIt() {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(read("hdfs://nn:8020/logs", i, this::failLate));
        }
        answered.complete(null);

        all.forEach(read -> assertFails(read, "it does not answer."));
        assertThat(reads).hasValueLessThanOrEqualTo(2 * AT_A_TIME);
    }

    @Test
    void oneThatNoApplicationWaitsForAnyMoreIsNotRead() {
        for (int i = 0; i < AT_A_TIME; i++) {
            read("s3a://logs", i, () -> wait(Optional.empty()));
        }
        CompletableFuture<?> late = read("s3a://logs", AT_A_TIME, Optional::empty);
        clock.advance(EventLogSource.LIMIT.plusSeconds(1));
        answered.complete(null);

        assertFails(late, "too many others were read before it");
    }

    /** Such as the build that has submitted it, and one that waits for it with sparkK8sWait. */
    @Test
    void twoThatAskForTheSameAtATimeReadItOnce() throws Exception {
        EventLogs.Reader reader = () -> wait(Optional.empty());
        CompletableFuture<?> first = read("s3a://logs", 1, reader);
        CompletableFuture<?> second = read("s3a://logs", 1, reader);
        answered.complete(null);

        assertThat(first.get()).isEqualTo(second.get());
        assertThat(reads).hasValue(1);

        read("s3a://logs", 1, reader).get();
        assertThat(reads).hasValue(2);
    }
}
