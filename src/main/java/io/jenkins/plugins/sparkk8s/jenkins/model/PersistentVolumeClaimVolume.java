package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Extension;
import hudson.Util;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A claim that exists, or {@code OnDemand} for one made for each pod. */
public final class PersistentVolumeClaimVolume extends SparkVolume {
    private static final long serialVersionUID = 1L;

    private final String claimName;
    private String storageClass;
    private String sizeLimit;

    @DataBoundConstructor
    public PersistentVolumeClaimVolume(String name, String mountPath, String claimName) {
        super(name, mountPath);
        this.claimName = Util.fixEmptyAndTrim(claimName);
    }

    /** Name of the claim, or {@code OnDemand}. */
    public String getClaimName() {
        return claimName;
    }

    /** For {@code OnDemand}: the class of the storage. */
    public String getStorageClass() {
        return storageClass;
    }

    @DataBoundSetter
    public void setStorageClass(String storageClass) {
        this.storageClass = Util.fixEmptyAndTrim(storageClass);
    }

    /** For {@code OnDemand}: the size, such as {@code 100Gi}. */
    public String getSizeLimit() {
        return sizeLimit;
    }

    @DataBoundSetter
    public void setSizeLimit(String sizeLimit) {
        this.sizeLimit = Util.fixEmptyAndTrim(sizeLimit);
    }

    @Override
    String sparkType() {
        return "persistentVolumeClaim";
    }

    @Override
    void addOptions(Map<String, String> options) {
        ConfKeys.put(options, "claimName", claimName);
        ConfKeys.put(options, "storageClass", storageClass);
        ConfKeys.put(options, "sizeLimit", sizeLimit);
    }

    @Symbol("persistentVolumeClaim")
    @Extension
    public static final class DescriptorImpl extends SparkVolumeDescriptor {
        @Override
        public String getDisplayName() {
            return Texts.of("PersistentVolumeClaimVolume.DisplayName");
        }
    }
}
