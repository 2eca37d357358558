package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A directory that an NFS server exports. */
@XStreamAlias("sparkNfsVolume")
public final class NfsVolume extends SparkVolume {
    private static final long serialVersionUID = 1L;

    private final String server;
    private final String path;

    @DataBoundConstructor
    public NfsVolume(String name, String mountPath, String server, String path) {
        super(name, mountPath);
        this.server = Util.fixEmptyAndTrim(server);
        this.path = Util.fixEmptyAndTrim(path);
    }

    /** Name or address of the server. */
    public String getServer() {
        return server;
    }

    /** The exported path. */
    public String getPath() {
        return path;
    }

    @Override
    String sparkType() {
        return "nfs";
    }

    @Override
    void addOptions(Map<String, String> options) {
        ConfKeys.put(options, "server", server);
        ConfKeys.put(options, "path", path);
    }

    @Symbol("nfs")
    @Extension
    public static final class DescriptorImpl extends SparkVolumeDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.NfsVolume_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckServer(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, text -> FormValidation.ok()));
        }

        @RequirePOST
        public FormValidation doCheckPath(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, FieldChecks::absolutePath));
        }
    }
}
