package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** Cores and memory of the driver. */
@XStreamAlias("sparkDriverResources")
public final class DriverResources extends PodResources<DriverResources> {
    private static final long serialVersionUID = 1L;
    private static final Arguments ARGUMENTS = new Arguments(
            SparkArgument.DRIVER_CORES, SparkArgument.DRIVER_MEMORY, SparkArgument.DRIVER_MEMORY_OVERHEAD);

    @DataBoundConstructor
    public DriverResources() {}

    @Override
    Arguments arguments() {
        return ARGUMENTS;
    }

    @Extension
    public static final class DescriptorImpl extends PodResourcesDescriptor<DriverResources> {
        public DescriptorImpl() {
            super(ARGUMENTS);
        }

        @Override
        public String getDisplayName() {
            return Messages.DriverResources_DisplayName();
        }
    }
}
