package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An empty directory that lives as long as the pod. */
@XStreamAlias("sparkEmptyDirVolume")
public final class EmptyDirVolume extends SparkVolume {
    private static final long serialVersionUID = 1L;

    private String medium;
    private String sizeLimit;

    @DataBoundConstructor
    public EmptyDirVolume(String name, String mountPath) {
        super(name, mountPath);
    }

    /** {@code Memory} for a file system in memory; null for the disk of the node. */
    public String getMedium() {
        return medium;
    }

    @DataBoundSetter
    public void setMedium(String medium) {
        this.medium = Util.fixEmptyAndTrim(medium);
    }

    /** The most that it may hold, such as {@code 2Gi}; null for no limit. */
    public String getSizeLimit() {
        return sizeLimit;
    }

    @DataBoundSetter
    public void setSizeLimit(String sizeLimit) {
        this.sizeLimit = Util.fixEmptyAndTrim(sizeLimit);
    }

    @Override
    String sparkType() {
        return "emptyDir";
    }

    @Override
    void addOptions(Map<String, String> options) {
        ConfKeys.put(options, "medium", medium);
        ConfKeys.put(options, "sizeLimit", sizeLimit);
    }

    @Symbol("emptyDir")
    @Extension
    public static final class DescriptorImpl extends SparkVolumeDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.EmptyDirVolume_DisplayName();
        }

        @RequirePOST
        public ListBoxModel doFillMediumItems(@QueryParameter String medium) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.EmptyDirVolume_Disk(), "");
            items.add(Messages.EmptyDirVolume_Memory(), "Memory");
            return FormAccess.keeping(medium, items);
        }

        @RequirePOST
        public FormValidation doCheckSizeLimit(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.quantity("sizeLimit", value));
        }
    }
}
