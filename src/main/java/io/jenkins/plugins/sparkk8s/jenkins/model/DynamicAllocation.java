package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
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
public final class DynamicAllocation implements Describable<DynamicAllocation>, ConfSource, Serializable {
    private static final long serialVersionUID = 1L;

    private Integer minExecutors;
    private Integer maxExecutors;
    private Integer initialExecutors;

    @DataBoundConstructor
    public DynamicAllocation() {}

    /** {@code spark.dynamicAllocation.minExecutors}. */
    public Integer getMinExecutors() {
        return minExecutors;
    }

    @DataBoundSetter
    public void setMinExecutors(Integer minExecutors) {
        this.minExecutors = minExecutors;
    }

    /** {@code spark.dynamicAllocation.maxExecutors}. */
    public Integer getMaxExecutors() {
        return maxExecutors;
    }

    @DataBoundSetter
    public void setMaxExecutors(Integer maxExecutors) {
        this.maxExecutors = maxExecutors;
    }

    /** {@code spark.dynamicAllocation.initialExecutors}. */
    public Integer getInitialExecutors() {
        return initialExecutors;
    }

    @DataBoundSetter
    public void setInitialExecutors(Integer initialExecutors) {
        this.initialExecutors = initialExecutors;
    }

    @Override
    public void addTo(Map<String, String> conf) {
        conf.put("spark.dynamicAllocation.enabled", "true");
        conf.putIfAbsent("spark.dynamicAllocation.shuffleTracking.enabled", "true");
        ConfKeys.put(conf, "spark.dynamicAllocation.minExecutors", minExecutors);
        ConfKeys.put(conf, "spark.dynamicAllocation.maxExecutors", maxExecutors);
        ConfKeys.put(conf, "spark.dynamicAllocation.initialExecutors", initialExecutors);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DynamicAllocation> implements TextArguments {
        @Override
        public String getDisplayName() {
            return Texts.of("DynamicAllocation.DisplayName");
        }

        @RequirePOST
        public FormValidation doCheckMinExecutors(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.option("spark.dynamicAllocation.minExecutors", value));
        }

        @RequirePOST
        public FormValidation doCheckMaxExecutors(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.option("spark.dynamicAllocation.maxExecutors", value));
        }

        @RequirePOST
        public FormValidation doCheckInitialExecutors(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.option("spark.dynamicAllocation.initialExecutors", value));
        }
    }
}
