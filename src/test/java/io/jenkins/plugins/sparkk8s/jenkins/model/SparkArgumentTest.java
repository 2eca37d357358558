package io.jenkins.plugins.sparkk8s.jenkins.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of arguments and keys, and what is held to it; docs/reference.md is made from the help files. */
class SparkArgumentTest {
    private static final Path FORMS = Path.of("src/main/resources/io/jenkins/plugins/sparkk8s/jenkins");
    private static final Map<String, String> NESTED = Map.of(
            "driver", "model/DriverResources",
            "executor", "model/ExecutorResources",
            "dynamicAllocation", "model/DynamicAllocation");

    /** In Jenkins the step decides these, whatever the keys are set to. */
    private static final Set<SparkArgument> OF_THE_STEP =
            Set.of(SparkArgument.DELETE_UPLOADS, SparkArgument.WAIT_FOR_COMPLETION);

    @ParameterizedTest
    @EnumSource
    void theHelpNamesTheKey(SparkArgument argument) throws IOException {
        String[] parts = argument.argument().split("[.]");
        Path form = FORMS.resolve(parts.length == 1 ? "step/SparkK8sSubmitStep" : NESTED.get(parts[0]));
        String help = Files.readString(form.resolve("help-" + parts[parts.length - 1] + ".html"));

        assertThat(help.contains("<code>" + argument.key() + "</code>")).isNotEqualTo(OF_THE_STEP.contains(argument));
    }

    @ParameterizedTest
    @EnumSource
    void theFormChecksByTheRuleOfTheKey(SparkArgument argument) {
        assertThat(ConfigOptions.byKey()).containsKey(argument.key());
        assertThat(SparkArgument.ofKey(argument.key())).contains(argument);
        assertThat(argument.check("").kind).hasToString("OK");
    }

    @Test
    void noKeyAndNoArgumentStandsTwice() {
        assertThat(Arrays.stream(SparkArgument.values()).map(SparkArgument::key))
                .doesNotHaveDuplicates();
        assertThat(Arrays.stream(SparkArgument.values()).map(SparkArgument::argument))
                .doesNotHaveDuplicates();
    }
}
