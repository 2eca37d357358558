package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

class SparkApplicationBuilderTest {
    @Test
    void holdsTheArgumentsOfTheStep() {
        SparkK8sSubmitStep submission = new SparkK8sSubmitStep();

        assertThat(new SparkApplicationBuilder(submission).getSubmission()).isSameAs(submission);
    }

    @Test
    void nothingConfiguredIsNothingSet() {
        assertThat(new SparkApplicationBuilder(null).getSubmission())
                .usingRecursiveComparison()
                .isEqualTo(new SparkK8sSubmitStep());
    }

    /** A step wins over a builder of the same name. */
    @Test
    void itsSymbolIsNotTheFunctionOfTheStep() {
        String[] symbols = SparkApplicationBuilder.DescriptorImpl.class
                .getAnnotation(Symbol.class)
                .value();

        assertThat(symbols).containsExactly("sparkApplication");
        assertThat(new SparkK8sSubmitStep.DescriptorImpl().getFunctionName()).isNotIn((Object[]) symbols);
    }
}
