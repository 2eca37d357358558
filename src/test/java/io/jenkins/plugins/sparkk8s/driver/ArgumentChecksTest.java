package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

class ArgumentChecksTest {
    @Test
    void refusesWhatNoProcessCanBeGiven() {
        assertThatThrownBy(() -> Applications.java()
                        .arguments("fine", "x".repeat(131_072), "a\0b")
                        .check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "Argument 2 of the application has 131072 bytes",
                        "Argument 3 of the application contains a NUL character");
    }

    @Test
    void takesTheLongestThatLinuxTakes() {
        assertThatCode(() -> Applications.java().arguments("x".repeat(131_071)).check())
                .doesNotThrowAnyException();
    }
}
