package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    @Test
    void keepsOrderAndEachProblemOnce() {
        Problems problems = new Problems();
        problems.add("first");
        problems.collect(() -> {
            throw new ConfigurationException(List.of("second", "third"));
        });
        problems.add("first");

        assertThat(problems.list()).containsExactly("first", "second", "third");
        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join(System.lineSeparator(), "first", "second", "third"));
    }

    @Test
    void givesWhatTheStepMade() {
        Problems problems = new Problems();

        assertThat(problems.collect(() -> 5)).contains(5);
        assertThat(problems.collect(() -> CoreOptions.DRIVER_CORES.parse("x"))).isEmpty();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void letsFaultsOfTheProgramPass() {
        Problems problems = new Problems();

        assertThatThrownBy(() -> problems.collect(() -> {
                    throw new IllegalStateException("a fault");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void refusesErrorWithoutProblem() {
        assertThatThrownBy(() -> new ConfigurationException(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
