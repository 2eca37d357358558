package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.TestTimeouts;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.MonitoredCluster;
import io.jenkins.plugins.sparkk8s.monitor.TestClock;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked for next, by what came before. */
class DriverLogFollowerTest {
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20Z");
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();
    private final TestClock clock = TestClock.startingNow();
    private final ScheduledExecutorService scheduler = MonitorScheduler.create(1);
    private final DriverLogFollower follower = new DriverLogFollower(
            new ScriptedSource(),
            new MonitorContext(
                    new MonitoredApplication("default", "spark-1", "pi", "pi-driver", null),
                    new Mailbox(scheduler, scheduler),
                    new EventLines(output::add, SecretMask.none(), clock),
                    clock,
                    MonitoredCluster.FAST),
            scheduler,
            new LogDestinations(DriverLogMode.ALL, LogCursor.beginning(), LogFiles.NONE, (line, reached) -> {}));

    /** Leaves it to the test what is answered. */
    private final class ScriptedSource implements LogSource {
        @Override
        public Transfer open(Query query, Receiver receiver) {
            Read read = new Read(query, receiver);
            reads.add(read);
            return read;
        }

        @Override
        public String command(String container) {
            return "kubectl logs " + container;
        }
    }

    private record Read(LogSource.Query query, LogSource.Receiver receiver, CompletableFuture<Void> cancelled)
            implements LogSource.Transfer {
        Read(LogSource.Query query, LogSource.Receiver receiver) {
            this(query, receiver, new CompletableFuture<>());
        }

        void line(Instant time, String text) {
            receiver.bytes(ByteBuffer.wrap((time + " " + text + "\n").getBytes(StandardCharsets.UTF_8)));
        }

        void end() {
            receiver.ended(null);
        }

        @Override
        public void cancel() {
            cancelled.complete(null);
        }
    }

    @AfterEach
    void stop() {
        follower.close();
        scheduler.shutdownNow();
    }

    private Read next() throws InterruptedException {
        Read read = reads.poll(TestTimeouts.SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(read).as("a read").isNotNull();
        return read;
    }

    private Read nextStream() throws InterruptedException {
        Read poll = next();
        assertThat(poll.query().follow()).isFalse();
        for (int line = 0; line < 70; line++) {
            poll.line(SECOND.plusNanos(line), "x".repeat(1000));
        }
        poll.end();
        Read stream = next();
        assertThat(stream.query().follow()).isTrue();
        return stream;
    }

    @Test
    void pollsWhileThereIsLittleToRead() throws Exception {
        follower.start("driver");
        for (int second = 0; second < 5; second++) {
            Read poll = next();
            assertThat(poll.query().follow()).isFalse();
            poll.line(SECOND.plusSeconds(second), "news");
            poll.end();
        }
    }

    @Test
    void asksForTheLastLineOnlyWhenTheNewestSecondIsLong() throws Exception {
        follower.start("driver");
        nextStream().end();

        assertThat(next().query().tailLines()).isEqualTo(1);
    }

    @Test
    void readsAtOnceWhenThePodHasChanged() throws Exception {
        follower.start("driver");
        follower.changed("1");
        for (int quiet = 0; quiet < 4; quiet++) {
            next().end();
        }
        follower.changed("1");
        assertThat(reads).isEmpty();
        follower.changed("2");

        next().end();
    }

    @Test
    void jumpsToTheLastLinesWhenItFallsBehind() throws Exception {
        follower.start("driver");
        Read stream = nextStream();
        stream.line(SECOND.plusNanos(69), "known");
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            stream.line(SECOND.plusNanos(100), "late");
            return stream.cancelled().isDone();
        });
        stream.receiver().ended(new CancellationException());
        Read tail = next();
        tail.line(SECOND.plusSeconds(9), "latest");

        assertThat(tail.query().follow()).isTrue();
        assertThat(tail.query().tailLines()).isEqualTo(1000);
        assertThat(tail.query().sinceTime()).isNull();
        assertThat(output).last().isEqualTo("[driver] | latest");
        assertThat(output)
                .filteredOn(line -> line.startsWith("[spark]"))
                .singleElement()
                .asString()
                .contains(
                        "between 2026-01-01T00:00:20.000000100Z and 2026-01-01T00:00:29Z are left out", "kubectl logs");
    }

    @Test
    void finishesWhenTheStreamHasEndedAndTheLastLineIsShown() throws Exception {
        follower.start("driver");
        Read stream = nextStream();
        CompletableFuture<Void> finished = follower.finish(Duration.ofSeconds(5));
        stream.line(SECOND.plusSeconds(1), "last");
        stream.end();
        Read probe = next();
        assertThat(probe.query().tailLines()).isEqualTo(1);
        probe.line(SECOND.plusSeconds(1), "last");
        probe.end();

        finished.get(TestTimeouts.SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(output).last().isEqualTo("[driver] | last");
    }

    @Test
    void readsTheRestWhenTheStreamEndedBeforeTheLastLine() throws Exception {
        follower.start("driver");
        Read stream = nextStream();
        CompletableFuture<Void> finished = follower.finish(Duration.ofSeconds(5));
        stream.end();
        Read probe = next();
        probe.line(SECOND.plusSeconds(1), "last");
        probe.end();
        Read rest = next();
        rest.line(SECOND.plusNanos(69), "x");
        rest.line(SECOND.plusSeconds(1), "last");
        rest.end();

        finished.get(TestTimeouts.SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(output).last().isEqualTo("[driver] | last");
        assertThat(output).hasSize(71);
    }

    @Test
    void bytesThatCameBeforeAreNoProgress() throws Exception {
        follower.start("driver");
        CompletableFuture<Void> finished = follower.finish(Duration.ofMillis(500));
        await().until(() -> {
            Read read = reads.poll();
            if (read != null) {
                read.receiver().bytes(ByteBuffer.wrap("2026-01-01T00:00:20Z half of".getBytes(StandardCharsets.UTF_8)));
                read.receiver().ended(new IllegalStateException("cut"));
            }
            return finished.isDone();
        });

        assertThat(output)
                .singleElement()
                .asString()
                .contains("no line of the driver's log could be read: cut", "kubectl logs driver");
    }
}
