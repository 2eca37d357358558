package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckpointTimerTest {
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final List<TestTimer> pending = new ArrayList<>();
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(0) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            assertThat(unit.toMillis(delay)).isEqualTo(DELAY.toMillis());
            TestTimer timer = new TestTimer(task, null);
            pending.add(timer);
            return timer;
        }
    };
    private int saves;
    private final CheckpointTimer timer = new CheckpointTimer(timers, DELAY, () -> saves++);

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    private void letTimePass() {
        List<TestTimer> due = List.copyOf(pending);
        pending.clear();
        due.forEach(TestTimer::run);
    }

    @Test
    void savesManyChangesAtOnce() {
        timer.changed();
        timer.changed();
        letTimePass();

        assertThat(saves).isOne();
    }

    @Test
    void waitsForNothingWhileNothingChanges() {
        assertThat(pending).isEmpty();
        timer.changed();
        letTimePass();

        assertThat(pending).isEmpty();
    }

    @Test
    void savesAgainWhatChangesWhileItSaves() {
        List<CheckpointTimer> itself = new ArrayList<>();
        CheckpointTimer writing = new CheckpointTimer(timers, DELAY, () -> {
            saves++;
            if (saves == 1) {
                itself.get(0).changed();
            }
        });
        itself.add(writing);
        writing.changed();
        letTimePass();
        letTimePass();

        assertThat(saves).isEqualTo(2);
    }

    @Test
    void savesNothingAfterItsEnd() {
        timer.changed();
        List<TestTimer> due = List.copyOf(pending);
        timer.close();
        timer.changed();

        assertThat(due).singleElement().matches(TestTimer::isCancelled);
        assertThat(pending).hasSize(1);
        assertThat(saves).isZero();
    }

    @Test
    void isQuietWhenTheTimersAreShutDown() {
        ScheduledThreadPoolExecutor over = new ScheduledThreadPoolExecutor(1);
        over.shutdownNow();
        CheckpointTimer late = new CheckpointTimer(over, DELAY, () -> saves++);

        late.changed();
        late.changed();

        assertThat(saves).isZero();
    }
}
