package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.Claim;
import java.util.Map;
import java.util.function.Function;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A claim that exists, or {@code OnDemand} for one made for each pod. */
@XStreamAlias("sparkPersistentVolumeClaimVolume")
public final class PersistentVolumeClaimVolume extends SparkVolume {
    private static final long serialVersionUID = 1L;
    private static final String EXECUTOR_ID = "SPARK_EXECUTOR_ID";

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
            return Messages.PersistentVolumeClaimVolume_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckClaimName(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, DescriptorImpl::claimName));
        }

        @RequirePOST
        public FormValidation doCheckStorageClass(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String claimName) {
            return FormAccess.check(item, () -> forNewClaims(claimName, value, FieldChecks::objectName));
        }

        @RequirePOST
        public FormValidation doCheckSizeLimit(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String claimName) {
            return FormAccess.check(
                    item, () -> forNewClaims(claimName, value, text -> FieldChecks.quantity("sizeLimit", text)));
        }

        /** Spark puts other text in the place of two words before the API server sees the name. */
        private static FormValidation claimName(String value) {
            return FieldChecks.objectName(value.replace(Claim.ON_DEMAND, "x").replace(EXECUTOR_ID, "1"));
        }

        private static FormValidation forNewClaims(
                String claimName, String value, Function<String, FormValidation> check) {
            if (!Util.fixNull(claimName).contains(Claim.ON_DEMAND)) {
                return check.apply(value);
            }
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.PersistentVolumeClaimVolume_OnDemand(claimName.trim()))
                    : check.apply(value);
        }
    }
}
