package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

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

    /** Whether nothing is set, so that it is as good as not there. */
    public boolean saysNothing() {
        Map<String, String> conf = new HashMap<>();
        addTo(conf);
        return conf.isEmpty();
    }

    @Override
    public void addTo(Map<String, String> conf) {
        ConfKeys.put(conf, "spark.driver.cores", cores);
        ConfKeys.put(conf, "spark.driver.memory", memory);
        ConfKeys.put(conf, "spark.driver.memoryOverhead", memoryOverhead);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DriverResources> implements TextArguments {
        @Override
        public String getDisplayName() {
            return Texts.of("DriverResources.DisplayName");
        }

        @RequirePOST
        public FormValidation doCheckCores(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.option("spark.driver.cores", value));
        }

        @RequirePOST
        public FormValidation doCheckMemory(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.option("spark.driver.memory", value));
        }

        @RequirePOST
        public FormValidation doCheckMemoryOverhead(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.option("spark.driver.memoryOverhead", value));
        }
    }
}
