package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What a cluster gives to applications whose jobs do not set it. Every field may be null, which means "not said".
 *
 * <p>Each is a field, a getter and a setter, since data binding asks for that; form and help files are those of {@link SparkCluster}.
 */
public abstract class ApplicationDefaults {
    private String namespace;
    private String image;
    private String serviceAccount;
    private String sparkVersion;
    private String uploadPath;
    private String conf;
    private String startTimeout;
    private String retainSucceeded;
    private String retainFailed;
    private boolean restricted;

    ApplicationDefaults() {}

    /** Where applications run unless the job sets another. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** The container image of driver and executors unless the job sets another. */
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** The service account of the driver unless the job sets another. */
    public String getServiceAccount() {
        return serviceAccount;
    }

    @DataBoundSetter
    public void setServiceAccount(String serviceAccount) {
        this.serviceAccount = Util.fixEmptyAndTrim(serviceAccount);
    }

    /** The version of Spark in the image, such as {@code 4.2.0}; null when the tag of the image has it. */
    public String getSparkVersion() {
        return sparkVersion;
    }

    @DataBoundSetter
    public void setSparkVersion(String sparkVersion) {
        this.sparkVersion = Util.fixEmptyAndTrim(sparkVersion);
    }

    /** The folder that files of the workspace are uploaded to. */
    public String getUploadPath() {
        return uploadPath;
    }

    @DataBoundSetter
    public void setUploadPath(String uploadPath) {
        this.uploadPath = Util.fixEmptyAndTrim(uploadPath);
    }

    /** Spark configuration, {@code key=value} one per line; null for none. */
    public String getConf() {
        return conf;
    }

    @DataBoundSetter
    public void setConf(String conf) {
        this.conf = lines(conf);
    }

    /** How long a driver may take to start, such as {@code 10m}; null for the plugin's default. */
    public String getStartTimeout() {
        return startTimeout;
    }

    @DataBoundSetter
    public void setStartTimeout(String startTimeout) {
        this.startTimeout = Util.fixEmptyAndTrim(startTimeout);
    }

    /** How long the driver pod of an application that succeeded is kept; null for the plugin's default. */
    public String getRetainSucceeded() {
        return retainSucceeded;
    }

    @DataBoundSetter
    public void setRetainSucceeded(String retainSucceeded) {
        this.retainSucceeded = Util.fixEmptyAndTrim(retainSucceeded);
    }

    /** How long the driver pod of an application that failed is kept; null for the plugin's default. */
    public String getRetainFailed() {
        return retainFailed;
    }

    @DataBoundSetter
    public void setRetainFailed(String retainFailed) {
        this.retainFailed = Util.fixEmptyAndTrim(retainFailed);
    }

    /** Whether driver and executors conform to the Pod Security level {@code restricted} unless a job sets another value. */
    public boolean isRestricted() {
        return restricted;
    }

    @DataBoundSetter
    public void setRestricted(boolean restricted) {
        this.restricted = restricted;
    }

    /** A browser sends other ends of lines than a file has; stored, both are the same. */
    static String lines(String text) {
        return text == null ? null : Util.fixEmptyAndTrim(text.replace("\r\n", "\n"));
    }
}
