package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors of real Spark whose pods a Deployment or a StatefulSet makes, under dynamic allocation. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class ExecutorSetsIT extends RealSparkCase {

    @Test
    void executorsOfADeploymentGrowAndShrink() throws Exception {
        growAndShrink("spark-d-", "deployment", "--conf", "spark.kubernetes.executor.podDeletionCost=-1");
    }

    @Test
    void executorsOfAStatefulSetGrowAndShrink() throws Exception {
        growAndShrink("spark-s-", "statefulset");
    }

    private void growAndShrink(String podPrefix, String allocator, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "--conf", "spark.kubernetes.allocation.pods.allocator=" + allocator,
                "--conf", "spark.dynamicAllocation.enabled=true",
                "--conf", "spark.dynamicAllocation.shuffleTracking.enabled=true",
                "--conf", "spark.dynamicAllocation.minExecutors=1",
                "--conf", "spark.dynamicAllocation.maxExecutors=2",
                "--conf", "spark.dynamicAllocation.executorIdleTimeout=4s",
                "--conf", "spark.dynamicAllocation.schedulerBacklogTimeout=1s"));
        options.addAll(List.of(more));
        try (Submission submission =
                submit(options, EXAMPLE_JAR.toString(), "40", "--phases", "2", "--idle-seconds", "12")) {
            submission.awaitLine("executor pod " + podPrefix + "\\S+: Pending", START);
            submission.awaitLine("\\[executor 1\\] Running.*pod " + podPrefix, START);
            submission.awaitLine("executors: 2 running", START);
            submission.awaitLine("executors: 1 running.*peak 2", START);
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();
            assertThat(submission.lines())
                    .filteredOn(line -> line.startsWith("[executor "))
                    .noneMatch(line -> line.contains("a user"));
        }
    }
}
