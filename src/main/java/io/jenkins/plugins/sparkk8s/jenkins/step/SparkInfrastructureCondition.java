package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.flow.ErrorCondition;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * For {@code retry(count: 3, conditions: [sparkInfrastructure()])}: true when the cluster, the network, the agent or
 * the storage let an application down, false when the application itself failed, was configured wrongly or was stopped,
 * and when the cause is unknown.
 */
public final class SparkInfrastructureCondition extends ErrorCondition {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public SparkInfrastructureCondition() {}

    @Override
    public boolean test(Throwable error, StepContext context) {
        return error instanceof SparkApplicationException failure
                && failure.kind() == SparkApplicationException.Kind.INFRASTRUCTURE;
    }

    @Symbol("sparkInfrastructure")
    @Extension
    public static final class DescriptorImpl extends ErrorConditionDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.SparkInfrastructureCondition_DisplayName();
        }
    }
}
