package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.jenkins.model.FieldChecks;
import io.jenkins.plugins.sparkk8s.jenkins.model.FormAccess;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * {@code sparkK8sWait}: waits for an application that another step, or another build, has submitted, as if this step had.
 *
 * <p>Arguments only; {@link SparkK8sWaitExecution} does the work. What is not set is null and not stored.
 */
public final class SparkK8sWaitStep extends ApplicationStep {
    public static final String NAME = "sparkK8sWait";

    private static final long serialVersionUID = 1L;

    private String timeout;
    private boolean abortKills;

    /** @param application id of the application */
    @DataBoundConstructor
    public SparkK8sWaitStep(String application) {
        super(application);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new SparkK8sWaitExecution(this, context);
    }

    /** How long to wait at most; null for no limit. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    /** Whether an abort of the build, or the timeout, stops the application; false by default. */
    public boolean isAbortKills() {
        return abortKills;
    }

    @DataBoundSetter
    public void setAbortKills(boolean abortKills) {
        this.abortKills = abortKills;
    }

    @Extension
    public static final class DescriptorImpl extends ApplicationStepDescriptor {
        @Override
        public String getFunctionName() {
            return NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.SparkK8sWaitStep_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.duration("timeout", value));
        }
    }
}
