package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.io.Serializable;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How many executors, and how much each gets. Null means Spark's own default. */
public final class ExecutorResources implements Describable<ExecutorResources>, ConfSource, Serializable {
    private static final long serialVersionUID = 1L;

    private Integer instances;
    private Integer cores;
    private String memory;
    private String memoryOverhead;

    @DataBoundConstructor
    public ExecutorResources() {}

    /** {@code spark.executor.instances}. */
    public Integer getInstances() {
        return instances;
    }

    @DataBoundSetter
    public void setInstances(Integer instances) {
        this.instances = instances;
    }

    /** {@code spark.executor.cores}. */
    public Integer getCores() {
        return cores;
    }

    @DataBoundSetter
    public void setCores(Integer cores) {
        this.cores = cores;
    }

    /** {@code spark.executor.memory}, such as {@code 4g}. */
    public String getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** {@code spark.executor.memoryOverhead}. */
    public String getMemoryOverhead() {
        return memoryOverhead;
    }

    @DataBoundSetter
    public void setMemoryOverhead(String memoryOverhead) {
        this.memoryOverhead = Util.fixEmptyAndTrim(memoryOverhead);
    }

    @Override
    public void addTo(Map<String, String> conf) {
        ConfKeys.put(conf, "spark.executor.instances", instances);
        ConfKeys.put(conf, "spark.executor.cores", cores);
        ConfKeys.put(conf, "spark.executor.memory", memory);
        ConfKeys.put(conf, "spark.executor.memoryOverhead", memoryOverhead);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ExecutorResources> {
        @Override
        public String getDisplayName() {
            return Texts.of("ExecutorResources.DisplayName");
        }
    }
}
