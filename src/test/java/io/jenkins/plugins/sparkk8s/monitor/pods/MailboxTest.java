package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of one task, those behind it are run. */
class MailboxTest {
    private final ScheduledExecutorService threads = MonitorScheduler.create(1);
    private final List<String> run = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("of a task"),
                new StackOverflowError(),
                new NoClassDefFoundError("of a task"),
                new OutOfMemoryError("unable to create native thread"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void runsTheTasksBehindOneThatFails(Throwable failure) {
        Mailbox mailbox = new Mailbox(threads, threads);
        mailbox.execute(() -> run.add("before"));
        mailbox.execute(() -> MailboxTest.<RuntimeException>fail(failure));
        for (int i = 0; i < 100; i++) {
            mailbox.execute(() -> run.add("behind"));
        }

        await().until(() -> run.size() == 101);
        mailbox.execute(() -> run.add("last"));
        await().until(() -> run.contains("last"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void fail(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void runsTasksWithTheNextOneWhenNoThreadCouldBeHadForThem() {
        ScarceThreads scarce = new ScarceThreads();
        Mailbox mailbox = new Mailbox(scarce, threads);
        assertThatThrownBy(() -> mailbox.execute(() -> run.add("first"))).isInstanceOf(OutOfMemoryError.class);
        scarce.isOver = true;

        mailbox.execute(() -> run.add("second"));

        assertThat(run).containsExactly("first", "second");
    }

    /** Runs tasks on the calling thread, once there are threads. */
    private static final class ScarceThreads implements Executor {
        private boolean isOver;

        @Override
        public void execute(Runnable task) {
            if (!isOver) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        }
    }
}
