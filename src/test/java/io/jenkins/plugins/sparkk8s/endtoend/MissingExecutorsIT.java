package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.TestedCluster;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why the executors of real Spark do not come, or do not stay. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class MissingExecutorsIT extends RealSparkCase {
    /** Spark 4.2 counts a pod that cannot be created as a failed executor. */
    private static final List<String> TWO_PATIENT_EXECUTORS =
            List.of("--conf", "spark.executor.instances=2", "--conf", "spark.executor.maxNumFailures=1000");

    @Test
    void aQuotaThatRefusesExecutorsIsNamedWithWhatToDo() throws Exception {
        TestedCluster.assumeFaults();
        try (Submission submission = submit(TWO_PATIENT_EXECUTORS, EXAMPLE_JAR.toString(), "2", "--darts", "1000")) {
            submission.awaitLine("\\[driver\\].*Running", START);
            cluster.apiServer()
                    .faults()
                    .answer(
                            1000,
                            RequestMatch.of("create", "pods"),
                            403,
                            "pods \"x\" is forbidden: exceeded quota: team, requested: cpu=1, used: cpu=4, limited: cpu=4",
                            0);
            try {
                submission.awaitLine(
                        "2 of 2 executors are missing \\(0 running, 0 pending\\): the API server refuses their pods: .*exceeded quota: team.* Ask for fewer or smaller executors",
                        START);
            } finally {
                cluster.apiServer().faults().clear();
            }
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();
        }
    }

    /** Spark deletes their pods within a second; the log is read before. Options that Java does not know are ignored there. */
    @Test
    void aCrashLoopShowsTheLastLinesOfOneLogAndTheLimit() throws Exception {
        List<String> options = List.of(
                "--conf", "spark.executor.instances=2",
                "--conf", "spark.executor.maxNumFailures=5",
                "--conf", "spark.executor.extraJavaOptions=-javaagent:/no/such/agent.jar");
        try (Submission submission = submit(options, EXAMPLE_JAR.toString(), "2", "--darts", "1000")) {
            submission.awaitLine("\\[executor \\d+\\] \\| .*JAR manifest missing : /no/such/agent.jar", START);
            submission.awaitLine(
                    "executors have failed, the last with exit code 1.* Spark ends the application when more than 5 have",
                    START);

            assertThat(submission.awaitExit(END)).isEqualTo(11);
            assertThat(submission.lines().stream().filter(line -> line.contains("] | Error opening zip file")))
                    .as(String.join("\n", submission.lines()))
                    .hasSize(1);
        }
    }
}
