package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The number of executors, and the cores and memory of each. */
@XStreamAlias("sparkExecutorResources")
public final class ExecutorResources extends PodResources<ExecutorResources> {
    private static final long serialVersionUID = 1L;
    private static final Arguments ARGUMENTS = new Arguments(
            SparkArgument.EXECUTOR_CORES, SparkArgument.EXECUTOR_MEMORY, SparkArgument.EXECUTOR_MEMORY_OVERHEAD);

    private String instances;

    @DataBoundConstructor
    public ExecutorResources() {}

    /** The number of executors. */
    public String getInstances() {
        return instances;
    }

    @DataBoundSetter
    public void setInstances(String instances) {
        this.instances = Util.fixEmptyAndTrim(instances);
    }

    @Override
    Arguments arguments() {
        return ARGUMENTS;
    }

    @Override
    public void addTo(Map<String, String> conf) {
        SparkArgument.EXECUTOR_INSTANCES.addTo(conf, instances);
        super.addTo(conf);
    }

    @Extension
    public static final class DescriptorImpl extends PodResourcesDescriptor<ExecutorResources> {
        public DescriptorImpl() {
            super(ARGUMENTS);
        }

        @Override
        public String getDisplayName() {
            return Messages.ExecutorResources_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckInstances(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> SparkArgument.EXECUTOR_INSTANCES.check(value));
        }
    }
}
