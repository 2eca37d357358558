package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A directory or file of the node that the pod runs on. */
@XStreamAlias("sparkHostPathVolume")
public final class HostPathVolume extends SparkVolume {
    private static final long serialVersionUID = 1L;
    /** The API's own words ({@code HostPathType}). */
    private static final List<String> KINDS =
            List.of("Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice");

    private final String path;
    private String type;

    @DataBoundConstructor
    public HostPathVolume(String name, String mountPath, String path) {
        super(name, mountPath);
        this.path = Util.fixEmptyAndTrim(path);
    }

    /** The path on the node. */
    public String getPath() {
        return path;
    }

    /** What must be there, such as {@code Directory}; null for no check. */
    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    @Override
    String sparkType() {
        return "hostPath";
    }

    @Override
    void addOptions(Map<String, String> options) {
        ConfKeys.put(options, "path", path);
        ConfKeys.put(options, "type", type);
    }

    @Symbol("hostPath")
    @Extension
    public static final class DescriptorImpl extends SparkVolumeDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.HostPathVolume_DisplayName();
        }

        @RequirePOST
        public ListBoxModel doFillTypeItems(@QueryParameter String type) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.HostPathVolume_NoCheck(), "");
            for (String kind : KINDS) {
                items.add(kind);
            }
            return FormAccess.keeping(type, items);
        }

        @RequirePOST
        public FormValidation doCheckPath(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, FieldChecks::absolutePath));
        }
    }
}
