package io.jenkins.plugins.sparkk8s.jenkins.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.jenkins.threads.WorkPool.Lane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One task after the other, and what an abort ends. */
@Timeout(180)
class ApplicationWorkTest {
    private final LifecycleThreads threads = new LifecycleThreads();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final CountDownLatch secondHasEntered = new CountDownLatch(1);
    private final CountDownLatch firstMayLeave = new CountDownLatch(1);
    private final CountDownLatch firstHasLeft = new CountDownLatch(1);
    private final CountDownLatch secondMayLeave = new CountDownLatch(1);
    private final ApplicationWork work = new ApplicationWork(threads, new ApplicationWork.Ends() {
        @Override
        public void failed(Throwable failure) {
            ends.add("failed: " + failure.getMessage());
        }

        @Override
        public void aborted(Throwable cause) {
            ends.add("aborted: " + cause.getMessage());
        }

        @Override
        public void abortOverdue() {
            // The second task may take longer than an interruption is waited for.
        }
    });

    @AfterEach
    void stop() throws InterruptedException {
        firstMayLeave.countDown();
        secondMayLeave.countDown();
        threads.shutdown(Duration.ofSeconds(10));
    }

    @Test
    void anAbortEndsOnceAndNotBeforeTheLastTaskHasLeft() {
        Lane first = lane(task -> new Thread(() -> {
                    task.run();
                    firstHasLeft.countDown();
                })
                .start());
        work.begin(first, () -> {
            work.begin(threads.start(), () -> {
                secondHasEntered.countDown();
                awaitFirmly(secondMayLeave);
            });
            awaitFirmly(firstMayLeave);
        });
        awaitFirmly(secondHasEntered);
        Lane atOnce = lane(Runnable::run);

        assertThat(work.abort(new InterruptedException("by a user"), atOnce)).isTrue();
        firstMayLeave.countDown();
        awaitFirmly(firstHasLeft);
        assertThat(ends).isEmpty();
        secondMayLeave.countDown();

        await().until(threads::isCleanedUp);
        assertThat(ends).containsExactly("aborted: by a user");
        assertThat(work.abort(new InterruptedException("again"), atOnce)).isFalse();
        assertThat(ends).hasSize(1);
    }

    @Test
    void nothingIsBegunAfterAnAbort() {
        Lane atOnce = lane(Runnable::run);
        work.abort(new InterruptedException("by a user"), atOnce);

        work.begin(atOnce, () -> ends.add("begun"));

        assertThat(ends).containsExactly("aborted: by a user");
    }

    /** As an upload that does not react to an interruption. */
    private static void awaitFirmly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Lane lane(Executor how) {
        return new WorkPool(new TestThreads(how), 1, 1).lane(null, null);
    }

    /** Threads that the test gives. */
    private static final class TestThreads extends AbstractExecutorService {
        private final Executor how;

        TestThreads(Executor how) {
            this.how = how;
        }

        @Override
        public void execute(Runnable task) {
            how.execute(task);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
