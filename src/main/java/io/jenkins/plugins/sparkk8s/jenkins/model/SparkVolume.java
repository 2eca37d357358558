package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * A volume that the driver, the executors or both mount: a readable form of Spark's {@code
 * spark.kubernetes.{driver,executor}.volumes.*} keys.
 */
public abstract class SparkVolume implements Describable<SparkVolume>, ExtensionPoint, ConfSource, Serializable {
    private static final long serialVersionUID = 1L;
    private static final String BOTH = "both";
    private static final String DRIVER = "driver";
    private static final String EXECUTOR = "executor";

    private final String name;
    private final String mountPath;
    private boolean readOnly;
    private String subPath;
    private String mountOn;

    SparkVolume(String name, String mountPath) {
        this.name = Util.fixEmptyAndTrim(name);
        this.mountPath = Util.fixEmptyAndTrim(mountPath);
    }

    /** Name of the volume; letters, digits and dashes. */
    public String getName() {
        return name;
    }

    /** Where it is mounted in the container. */
    public String getMountPath() {
        return mountPath;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    @DataBoundSetter
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Folder in the volume that is mounted instead of its root; null for the root. */
    public String getSubPath() {
        return subPath;
    }

    @DataBoundSetter
    public void setSubPath(String subPath) {
        this.subPath = Util.fixEmptyAndTrim(subPath);
    }

    /** {@code driver}, {@code executor} or {@code both}, which is the default. */
    public String getMountOn() {
        return mountOn == null ? BOTH : mountOn;
    }

    @DataBoundSetter
    public void setMountOn(String mountOn) {
        this.mountOn = BOTH.equals(mountOn) ? null : Util.fixEmptyAndTrim(mountOn);
    }

    /** The volume type as Spark spells it in its keys. */
    abstract String sparkType();

    /** Adds the type's own options, by Spark's names of them. */
    abstract void addOptions(Map<String, String> options);

    @Override
    public void addTo(Map<String, String> conf) {
        if (!getMountOn().equals(EXECUTOR)) {
            addTo(conf, DRIVER);
        }
        if (!getMountOn().equals(DRIVER)) {
            addTo(conf, EXECUTOR);
        }
    }

    private void addTo(Map<String, String> conf, String role) {
        String family = role.equals(DRIVER) ? Constants.DRIVER_VOLUMES_PREFIX : Constants.EXECUTOR_VOLUMES_PREFIX;
        String prefix = "%s%s.%s.".formatted(family, sparkType(), name);
        conf.put(prefix + "mount.path", Util.fixNull(mountPath));
        if (readOnly) {
            conf.put(prefix + "mount.readOnly", "true");
        }
        ConfKeys.put(conf, prefix + "mount.subPath", subPath);
        Map<String, String> options = new LinkedHashMap<>();
        addOptions(options);
        options.forEach((option, value) -> conf.put(prefix + "options." + option, value));
    }

    /** What all kinds of volumes have in common in a form. */
    public abstract static class SparkVolumeDescriptor extends Descriptor<SparkVolume> {
        @RequirePOST
        public ListBoxModel doFillMountOnItems(@QueryParameter String mountOn) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.SparkVolume_Both(), BOTH);
            items.add(Messages.SparkVolume_Driver(), DRIVER);
            items.add(Messages.SparkVolume_Executor(), EXECUTOR);
            return FormAccess.keeping(mountOn, items);
        }

        @RequirePOST
        public FormValidation doCheckMountOn(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(
                    item,
                    () -> FieldChecks.given(
                            value,
                            text -> List.of(BOTH, DRIVER, EXECUTOR).contains(text)
                                    ? FormValidation.ok()
                                    : FormValidation.error(Messages.SparkVolume_MountOn(text))));
        }

        @RequirePOST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, FieldChecks::dnsLabel));
        }

        @RequirePOST
        public FormValidation doCheckMountPath(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, FieldChecks::absolutePath));
        }

        @RequirePOST
        public FormValidation doCheckSubPath(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(
                    item,
                    () -> FieldChecks.given(
                            value,
                            text -> text.startsWith("/")
                                            || List.of(text.split("/")).contains("..")
                                    ? FormValidation.error(Messages.SparkVolume_SubPath(text))
                                    : FormValidation.ok()));
        }
    }
}
