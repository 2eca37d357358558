package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import java.io.Serializable;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Lets Spark choose the number of executors. Shuffle tracking is turned on, since Kubernetes has no external shuffle
 * service; a conf entry of the step can turn it off again.
 */
@XStreamAlias("sparkDynamicAllocation")
public final class DynamicAllocation implements Describable<DynamicAllocation>, ConfSource, Serializable {
    private static final long serialVersionUID = 1L;

    private String minExecutors;
    private String maxExecutors;
    private String initialExecutors;

    @DataBoundConstructor
    public DynamicAllocation() {}

    /** {@code spark.dynamicAllocation.minExecutors}. */
    public String getMinExecutors() {
        return minExecutors;
    }

    @DataBoundSetter
    public void setMinExecutors(String minExecutors) {
        this.minExecutors = Util.fixEmptyAndTrim(minExecutors);
    }

    /** {@code spark.dynamicAllocation.maxExecutors}. */
    public String getMaxExecutors() {
        return maxExecutors;
    }

    @DataBoundSetter
    public void setMaxExecutors(String maxExecutors) {
        this.maxExecutors = Util.fixEmptyAndTrim(maxExecutors);
    }

    /** {@code spark.dynamicAllocation.initialExecutors}. */
    public String getInitialExecutors() {
        return initialExecutors;
    }

    @DataBoundSetter
    public void setInitialExecutors(String initialExecutors) {
        this.initialExecutors = Util.fixEmptyAndTrim(initialExecutors);
    }

    @Override
    public void addTo(Map<String, String> conf) {
        SparkArgument.DYNAMIC_ALLOCATION.addTo(conf, true);
        conf.putIfAbsent(CoreOptions.SHUFFLE_TRACKING.key(), "true");
        SparkArgument.MIN_EXECUTORS.addTo(conf, minExecutors);
        SparkArgument.MAX_EXECUTORS.addTo(conf, maxExecutors);
        SparkArgument.INITIAL_EXECUTORS.addTo(conf, initialExecutors);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DynamicAllocation> implements TextArguments {
        @Override
        public String getDisplayName() {
            return Messages.DynamicAllocation_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckMinExecutors(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> SparkArgument.MIN_EXECUTORS.check(value));
        }

        @RequirePOST
        public FormValidation doCheckMaxExecutors(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> SparkArgument.MAX_EXECUTORS.check(value));
        }

        @RequirePOST
        public FormValidation doCheckInitialExecutors(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> SparkArgument.INITIAL_EXECUTORS.check(value));
        }
    }
}
