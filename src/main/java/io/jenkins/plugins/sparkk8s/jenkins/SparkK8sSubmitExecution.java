package io.jenkins.plugins.sparkk8s.jenkins;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One run of the step. */
final class SparkK8sSubmitExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final SparkK8sSubmitStep step;

    SparkK8sSubmitExecution(SparkK8sSubmitStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        throw new UnsupportedOperationException(step.getName());
    }
}
