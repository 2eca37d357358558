package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import io.jenkins.plugins.sparkk8s.jenkins.model.ExecutorResources;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepArgumentsTest {
    private final SparkK8sSubmitStep step = new SparkK8sSubmitStep();
    private final StepArguments arguments = new StepArguments(step, new EnvVars());

    @Test
    void noArgumentsAreNone() throws Exception {
        assertThat(arguments.args()).isEmpty();
        assertThat(arguments.conf()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"startTimeout, 600", "timeout, 30"})
    void aTimeWithoutAUnitIsRefusedWithTheUnits(String argument, String value) {
        if (argument.equals("timeout")) {
            step.setTimeout("${LIMIT}");
        } else {
            step.setStartTimeout(value);
        }

        assertThatThrownBy(new StepArguments(step, new EnvVars(Map.of("LIMIT", value)))::conf)
                .isInstanceOf(AbortException.class)
                .hasMessage("%s is '%s', which has no unit. Write %ss for seconds, %sm for minutes or %sh for hours."
                        .formatted(argument, value, value, value, value));
    }

    @Test
    void noTimeNeedsNoUnit() throws Exception {
        step.setStartTimeout("0");
        step.setTimeout("90s");

        assertThat(arguments.conf()).containsEntry("spark.kubernetes.submit.startTimeout", "0");
    }

    @ParameterizedTest
    @CsvSource({"1d, 7d", "0, forever", "${TIME}, ${TIME}"})
    void retentionIsThatOfTheStep(String succeeded, String failed) throws Exception {
        step.setConf("spark.kubernetes.submit.retainFailed=2d");
        step.setRetainSucceeded(succeeded);
        step.setRetainFailed(failed);
        EnvVars environment = new EnvVars(Map.of("TIME", "3h"));

        assertThat(new StepArguments(step, environment).conf())
                .containsEntry("spark.kubernetes.submit.retainSucceeded", environment.expand(succeeded))
                .containsEntry("spark.kubernetes.submit.retainFailed", environment.expand(failed));
    }

    @Test
    void retentionNeedsAUnit() {
        step.setRetainFailed("7");

        assertThatThrownBy(arguments::conf)
                .isInstanceOf(AbortException.class)
                .hasMessage(
                        "retainFailed is '7', which has no unit. Write 7s for seconds, 7m for minutes or 7h for hours.");
    }

    @Test
    void aTickThatIsNotSetLeavesTheConfigurationAsItIs() throws Exception {
        step.setConf("spark.kubernetes.submit.restricted=false");
        assertThat(arguments.conf()).containsEntry("spark.kubernetes.submit.restricted", "false");

        step.setRestricted(true);
        assertThat(arguments.conf()).containsEntry("spark.kubernetes.submit.restricted", "true");
    }

    @Test
    void aNumberMayBeAVariable() throws Exception {
        ExecutorResources executor = new ExecutorResources();
        executor.setInstances("${EXECUTORS}");
        step.setExecutor(executor);

        assertThat(new StepArguments(step, new EnvVars(Map.of("EXECUTORS", "8"))).conf())
                .containsEntry("spark.executor.instances", "8");
    }

    @Test
    void anArgumentThatIsNullIsRefusedWithItsPlace() {
        step.setArgs(Arrays.asList("--date", null));

        assertThatThrownBy(arguments::args)
                .isInstanceOf(AbortException.class)
                .hasMessage("Argument 2 of args is null. Give it a value, or leave it out.");
        assertThat(step.getArgsText()).isEqualTo("--date\n\"\"");
    }

    @Test
    void anEntryThatIsNullIsRefusedWithItsKey() {
        step.setConf("spark.sql.shuffle.partitions");

        assertThatThrownBy(arguments::conf)
                .isInstanceOf(AbortException.class)
                .hasMessage(
                        "The value of spark.sql.shuffle.partitions in conf is null. Give it a value, or leave the key out.");
        assertThat(step.getConfText()).isEqualTo("spark.sql.shuffle.partitions");
    }
}
