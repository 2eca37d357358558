package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

class SparkK8sSubmitBuilderTest {
    @Test
    void holdsTheArgumentsOfTheStep() {
        SparkK8sSubmitStep submission = new SparkK8sSubmitStep();

        assertThat(new SparkK8sSubmitBuilder(submission).getSubmission()).isSameAs(submission);
    }

    @Test
    void nothingConfiguredIsNothingSet() {
        assertThat(new SparkK8sSubmitBuilder(null).getSubmission())
                .usingRecursiveComparison()
                .isEqualTo(new SparkK8sSubmitStep());
    }

    /** In a Pipeline the step wins over a builder of the same name. */
    @Test
    void hasTheNameOfTheStep() {
        String[] symbols = SparkK8sSubmitBuilder.DescriptorImpl.class
                .getAnnotation(Symbol.class)
                .value();

        assertThat(symbols).containsExactly(new SparkK8sSubmitStep.DescriptorImpl().getFunctionName());
    }

    @Test
    void isShownUnderTheNameOfTheStep() {
        assertThat(new SparkK8sSubmitBuilder.DescriptorImpl().getDisplayName())
                .isEqualTo(new SparkK8sSubmitStep.DescriptorImpl().getDisplayName());
    }
}
