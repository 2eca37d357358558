package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an application that is slow has not taken yet grows with the steps of its pods, and no step is left out. */
class PodChangesTest {
    private static final String SPARK = TestPods.EXECUTOR_CONTAINER;
    private static final int EXECUTORS = 1_500;
    private static final int EVENTS_OF_A_STEP = 5;

    private final PodChanges changes = new PodChanges();
    private long version;

    private Pod executor(long id, String phase, ContainerStatus... containers) {
        return TestPods.status(phase, containers)
                .apply(TestPods.executor(id)
                        .editMetadata()
                        .withUid("uid-" + id)
                        .withResourceVersion(String.valueOf(++version))
                        .endMetadata()
                        .build());
    }

    private List<String> taken() {
        List<String> taken = new ArrayList<>();
        PodListener recorder = new PodListener() {
            @Override
            public void listed(List<Pod> pods, String listVersion) {
                taken.add("listed " + pods.size());
            }

            @Override
            public void changed(Pod pod) {
                taken.add(pod.getStatus().getPhase());
            }

            @Override
            public void deleted(Pod pod) {
                taken.add("deleted");
            }
        };
        for (Optional<Runnable> next = changes.take(recorder); next.isPresent(); next = changes.take(recorder)) {
            next.get().run();
        }
        return taken;
    }

    @Test
    void keepOneEntryForEachStepOfABusyPool() {
        for (int event = 0; event < EVENTS_OF_A_STEP; event++) {
            for (int id = 0; id < EXECUTORS; id++) {
                changes.add(executor(id, "Pending"), false);
            }
        }
        for (int event = 0; event < EVENTS_OF_A_STEP; event++) {
            for (int id = 0; id < EXECUTORS; id++) {
                changes.add(executor(id, "Running", TestPods.running(SPARK)), false);
            }
        }

        assertThat(changes.size()).isEqualTo(2 * EXECUTORS);
    }

    @Test
    void keepAFailureThatWasFollowedByTheEndOfThePod() {
        changes.add(executor(1, "Running", TestPods.running(SPARK)), false);
        Pod failed = executor(1, "Failed", TestPods.terminated(SPARK, 1));
        changes.add(failed, false);
        changes.add(failed, true);
        changes.add(executor(2, "Pending"), false);

        assertThat(taken()).containsExactly("Running", "Failed", "deleted", "Pending");
        assertThat(changes.size()).isZero();
    }

    @Test
    void keepTheOrderOfListsAndChanges() {
        changes.add(executor(1, "Pending"), false);
        changes.add(List.of(), "10", false);
        changes.add(executor(1, "Pending"), false);

        assertThat(taken()).containsExactly("Pending", "listed 0", "Pending");
    }

    @Test
    void leaveOutPollsThatPileUpButNoListAfterAGap() {
        for (int i = 0; i < 10; i++) {
            changes.add(List.of(), "10", true);
        }
        changes.add(List.of(), "10", false);

        assertThat(taken()).hasSize(3);
    }
}
