package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Cores and memory of the driver or of each executor. Null means Spark's own default.
 *
 * @param <T> the kind itself
 */
public abstract class PodResources<T extends PodResources<T>> implements Describable<T>, ConfSource, Serializable {
    private static final long serialVersionUID = 1L;

    private String cores;
    private String memory;
    private String memoryOverhead;

    /** What the arguments are called. */
    record Arguments(SparkArgument cores, SparkArgument memory, SparkArgument memoryOverhead) {}

    abstract Arguments arguments();

    public String getCores() {
        return cores;
    }

    @DataBoundSetter
    public void setCores(String cores) {
        this.cores = Util.fixEmptyAndTrim(cores);
    }

    /** Such as {@code 2g}. */
    public String getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** Memory of the pod outside the heap. */
    public String getMemoryOverhead() {
        return memoryOverhead;
    }

    @DataBoundSetter
    public void setMemoryOverhead(String memoryOverhead) {
        this.memoryOverhead = Util.fixEmptyAndTrim(memoryOverhead);
    }

    /** Whether nothing is set, so that it is as good as not there. */
    public boolean isEmpty() {
        Map<String, String> conf = new HashMap<>();
        addTo(conf);
        return conf.isEmpty();
    }

    @Override
    public void addTo(Map<String, String> conf) {
        arguments().cores().addTo(conf, cores);
        arguments().memory().addTo(conf, memory);
        arguments().memoryOverhead().addTo(conf, memoryOverhead);
    }

    /** Checks of both forms. */
    public abstract static class PodResourcesDescriptor<T extends PodResources<T>> extends Descriptor<T>
            implements TextArguments {
        private final Arguments arguments;

        PodResourcesDescriptor(Arguments arguments) {
            this.arguments = arguments;
        }

        @RequirePOST
        public FormValidation doCheckCores(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> arguments.cores().check(value));
        }

        @RequirePOST
        public FormValidation doCheckMemory(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> arguments.memory().check(value));
        }

        @RequirePOST
        public FormValidation doCheckMemoryOverhead(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> arguments.memoryOverhead().check(value));
        }
    }
}
