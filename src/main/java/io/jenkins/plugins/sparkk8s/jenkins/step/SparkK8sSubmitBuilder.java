package io.jenkins.plugins.sparkk8s.jenkins.step;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The build step of a freestyle job: submits a Spark application and waits for its end.
 *
 * <p>It holds the step's own arguments, so that there is one form, one validation and one model of them. The build that runs
 * it ends when the controller restarts; a Pipeline's does not.
 *
 * <p>It has the name of the Pipeline step, as JUnit's publisher has: a Pipeline takes the step, which is found first, and job
 * DSL takes this.
 */
@XStreamAlias("sparkK8sSubmit")
public final class SparkK8sSubmitBuilder extends Builder implements SimpleBuildStep {
    private final SparkK8sSubmitStep submission;

    /** @param submission what to submit; null for nothing set */
    @DataBoundConstructor
    public SparkK8sSubmitBuilder(SparkK8sSubmitStep submission) {
        this.submission = submission;
    }

    /** What is submitted. Never null. */
    public SparkK8sSubmitStep getSubmission() {
        return submission == null ? new SparkK8sSubmitStep() : submission;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        new FreestyleSubmission(getSubmission()).run(run, workspace, env, listener);
    }

    @Symbol(SparkK8sSubmitStep.NAME)
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public String getDisplayName() {
            return Messages.SparkK8sSubmitStep_DisplayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
