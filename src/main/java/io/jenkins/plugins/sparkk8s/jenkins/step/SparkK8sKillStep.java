package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code sparkK8sKill}: stops an application that another step, or another build, has submitted.
 *
 * <p>Arguments only; {@link SparkK8sKillExecution} does the work.
 */
public final class SparkK8sKillStep extends ApplicationStep {
    public static final String NAME = "sparkK8sKill";

    private static final long serialVersionUID = 1L;

    /** @param application id of the application */
    @DataBoundConstructor
    public SparkK8sKillStep(String application) {
        super(application);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new SparkK8sKillExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends ApplicationStepDescriptor {
        @Override
        public String getFunctionName() {
            return NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.SparkK8sKillStep_DisplayName();
        }
    }
}
