package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.io.Serializable;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How much the driver gets; null means Spark's own default. */
public final class DriverResources implements Describable<DriverResources>, ConfSource, Serializable {
    private static final long serialVersionUID = 1L;

    private Integer cores;
    private String memory;
    private String memoryOverhead;

    @DataBoundConstructor
    public DriverResources() {}

    /** {@code spark.driver.cores}. */
    public Integer getCores() {
        return cores;
    }

    @DataBoundSetter
    public void setCores(Integer cores) {
        this.cores = cores;
    }

    /** {@code spark.driver.memory}, such as {@code 2g}. */
    public String getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** {@code spark.driver.memoryOverhead}. */
    public String getMemoryOverhead() {
        return memoryOverhead;
    }

    @DataBoundSetter
    public void setMemoryOverhead(String memoryOverhead) {
        this.memoryOverhead = Util.fixEmptyAndTrim(memoryOverhead);
    }

    @Override
    public void addTo(Map<String, String> conf) {
        ConfKeys.put(conf, "spark.driver.cores", cores);
        ConfKeys.put(conf, "spark.driver.memory", memory);
        ConfKeys.put(conf, "spark.driver.memoryOverhead", memoryOverhead);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DriverResources> {
        @Override
        public String getDisplayName() {
            return Texts.of("DriverResources.DisplayName");
        }
    }
}
